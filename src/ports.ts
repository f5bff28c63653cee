/** What actions ask of the world. Adapters in `db`, `storage`, `signing` and `factors` implement these; entries wire them. */

import type { AccreditationRepository } from './ports/accreditations.ts'
import type { AssessmentRepository } from './ports/assessments.ts'
import type { CaseRepository } from './ports/cases.ts'
import type { CompetenceRepository } from './ports/competences.ts'
import type { CredentialRepository } from './ports/credentials.ts'
import type { EngagementRepository } from './ports/engagements.ts'
import type { EvidenceRepository } from './ports/evidence.ts'
import type { FileStore } from './ports/files.ts'
import type { FootprintRepository } from './ports/footprints.ts'
import type { Foreign } from './ports/foreign.ts'
import type { GreenCertificateRepository } from './ports/green-certificates.ts'
import type { DependentRepository } from './ports/impact.ts'
import type { Beats, JobRepository, WakeUps } from './ports/jobs.ts'
import type { LogRepository, LogSigner, Witnesses } from './ports/log.ts'
import type { MeasureRepository } from './ports/measures.ts'
import type { MessageRepository } from './ports/messages.ts'
import type { Notices } from './ports/notices.ts'
import type { ObjectStore } from './ports/objects.ts'
import type { PartyRepository } from './ports/parties.ts'
import type { PublicCredentialRepository } from './ports/public-credentials.ts'
import type { PublicRows } from './ports/public-rows.ts'
import type { Registry } from './ports/registry.ts'
import type { KeyActs, Secrets, SigningKeys, TokenIssuer } from './ports/signing.ts'
import type { StatusRepository } from './ports/status.ts'
import type { SurveillanceRepository } from './ports/surveillance.ts'
import type { TrailRepository } from './ports/trail.ts'
import type { WatchRepository } from './ports/watches.ts'
import type { WebhookRepository, WebhookSecrets, WebhookSender } from './ports/webhooks.ts'

export type { NoticeLevel, NoticeName, Notices } from './ports/notices.ts'
export type { ObjectMeta, ObjectStore, StorageArea } from './ports/objects.ts'
export type { Actor, RequestMark } from './ports/request.ts'

/** Time, ids and chance, given as arguments to everything that must be reproducible. */
export interface World {
  now(): Date
  newId(): string
  randomBytes(length: number): Uint8Array
}

/** The engine that computes here: its version, and the digest of the module it was built into. */
export interface EngineRelease {
  readonly version: string
  readonly digest: string
}

/** What an installation is told by its environment. */
export interface Settings {
  /** Origin under which the world reaches this installation, without a trailing slash. */
  readonly publicUrl: string
  readonly engine: EngineRelease
  /** Life of an access token, seconds. */
  readonly tokenSeconds: number
  /** Life of a signed status list, seconds. */
  readonly statusSeconds: number
}

/** Everything an action may use. */
export interface Ports {
  readonly settings: Settings
  readonly world: World
  readonly objects: ObjectStore
  readonly files: FileStore
  readonly parties: PartyRepository
  readonly registry: Registry
  readonly publicRows: PublicRows
  readonly footprints: FootprintRepository
  readonly evidence: EvidenceRepository
  readonly engagements: EngagementRepository
  readonly credentials: CredentialRepository
  readonly publicCredentials: PublicCredentialRepository
  readonly status: StatusRepository
  readonly cases: CaseRepository
  readonly surveillance: SurveillanceRepository
  readonly log: LogRepository
  readonly logSigner: LogSigner
  readonly witnesses: Witnesses
  readonly jobs: JobRepository
  readonly dependents: DependentRepository
  readonly wakeUps: WakeUps
  readonly beats: Beats
  readonly keys: SigningKeys
  readonly keyActs: KeyActs
  readonly accreditations: AccreditationRepository
  readonly assessments: AssessmentRepository
  readonly trail: TrailRepository
  readonly competences: CompetenceRepository
  readonly greenCertificates: GreenCertificateRepository
  readonly tokens: TokenIssuer
  readonly secrets: Secrets
  readonly messages: MessageRepository
  readonly watches: WatchRepository
  readonly webhooks: WebhookRepository
  readonly webhookSender: WebhookSender
  readonly webhookSecrets: WebhookSecrets
  readonly notices: Notices
  readonly measures: MeasureRepository
  readonly foreign: Foreign
}

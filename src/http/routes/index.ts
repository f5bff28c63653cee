/** All routes but the public objects, which the app serves ahead of them, in the order in which the reference page shows them. */

import { accreditations } from './accreditations/index.ts'
import { activityData } from './activity-data/index.ts'
import { assessments } from './assessments/index.ts'
import { token } from './auth/token.ts'
import { bodies } from './bodies/index.ts'
import { calculations } from './calculations/index.ts'
import { cases } from './cases/index.ts'
import { complaints } from './cases/intake.ts'
import { competences } from './competences/index.ts'
import { credentialExport } from './credentials/export.ts'
import { credentials } from './credentials/index.ts'
import { credentialLife } from './credentials/life.ts'
import { engagements } from './engagements/index.ts'
import { engagementReview } from './engagements/review.ts'
import { verificationReports } from './engagements/verification-report.ts'
import { work } from './engagements/work.ts'
import { evidence } from './evidence/index.ts'
import { factorTableDiff } from './factor-tables/diff.ts'
import { factorTables } from './factor-tables/index.ts'
import { factorTableVersions } from './factor-tables/versions.ts'
import { factors } from './factors/index.ts'
import { factorResolution } from './factors/resolve.ts'
import { footprints } from './footprints/index.ts'
import { footprintProductSystems } from './footprints/product-system.ts'
import { footprintReports } from './footprints/report.ts'
import { workingPapers } from './footprints/working-paper.ts'
import { footprintYears } from './footprints/years.ts'
import { greenCertificates } from './green-certificates/index.ts'
import { health } from './health/index.ts'
import { jobs } from './jobs/index.ts'
import { keys } from './keys/index.ts'
import { lookup } from './lookup/index.ts'
import { marks } from './lookup/mark.ts'
import { messages } from './messages/index.ts'
import { metrics } from './metrics/index.ts'
import { organizations } from './organizations/index.ts'
import { pages } from './pages/index.ts'
import { persons } from './persons/index.ts'
import { productAnalyses } from './product-analyses/index.ts'
import { productSystems } from './product-systems/index.ts'
import { formatDocuments } from './public/format.ts'
import { schemes } from './schemes/index.ts'
import { schemeTrials } from './schemes/trials.ts'
import { trail } from './trail/index.ts'
import { verifications } from './verifications/index.ts'
import { watches } from './watches/index.ts'
import { webhooks } from './webhooks/index.ts'

export const routes = [
  token,
  organizations,
  persons,
  keys,
  accreditations,
  competences,
  assessments,
  trail,
  factorTables,
  factorTableVersions,
  factorTableDiff,
  factors,
  factorResolution,
  schemes,
  schemeTrials,
  calculations,
  productAnalyses,
  activityData,
  productSystems,
  // Ahead of the revisions' documents, whose path its own would fit.
  footprintReports,
  workingPapers,
  footprints,
  footprintProductSystems,
  footprintYears,
  evidence,
  greenCertificates,
  engagements,
  engagementReview,
  verificationReports,
  work,
  credentials,
  // Ahead of the single document, whose path its own would fit.
  credentialExport,
  credentialLife,
  cases,
  messages,
  webhooks,
  watches,
  jobs,
  lookup,
  marks,
  complaints,
  bodies,
  verifications,
  formatDocuments,
  health,
  metrics,
  pages,
]

/** What whoever complained without an account may do with the receipt: read state and outcome, say more, have their data erased. */

import { caseStateAfter, checkCaseMove } from '../../certification/case-transitions.ts'
import { readCaseNumber } from '../../certification/credential-number.ts'
import type { CaseFile } from '../../ports/cases.ts'
import { requireSameRequest } from '../../ports/request.ts'
import type { Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { idForAnyone } from '../identity.ts'
import { anyone } from './receive-complaint.ts'
import { caseSituationOf, complainant } from './situation.ts'

type ReceiptPorts = Pick<Ports, 'cases' | 'secrets' | 'world'>

/** A number as it was written, and the receipt that belongs to it. */
export interface Receipt {
  readonly number: string
  readonly receipt: string
}

/** Compared against when there is no such case, so that the answer takes as long. */
const nobodysHash = `hmac-sha256$${'A'.repeat(22)}$${'A'.repeat(43)}`

/** @throws Problem `not-found`: the same for a number that is none and a receipt that is not its own. */
export async function readReceived(ports: ReceiptPorts, receipt: Receipt): Promise<CaseFile> {
  return findReceived(ports, receipt, null)
}

async function findReceived(
  { cases, secrets }: ReceiptPorts,
  { number: written, receipt }: Receipt,
  auditId: string | null,
): Promise<CaseFile> {
  const number = readCaseNumber(written)
  const found = number === undefined ? null : await cases.findReceived(number, auditId)
  const isIts = await secrets.matches(receipt, found?.receiptHash ?? nobodysHash)
  if (found === null || !isIts) {
    throw new Problem('not-found', 'No complaint has this number with this receipt.')
  }
  return found.file
}

/** Adds to what was said. @throws Problem `not-found`, `invalid-transition`, `too-many-items`, `stale-state`. */
export async function sayMore(
  ports: ReceiptPorts,
  { mark, text, ...receipt }: Receipt & { readonly mark: RequestMark; readonly text: string },
): Promise<CaseFile> {
  const auditId = idForAnyone(ports.world, mark, `statement\n${receipt.receipt}`)
  const file = await findReceived(ports, receipt, auditId)
  if (file.madeBefore !== null) {
    requireSameRequest(file.madeBefore, mark)
    return file
  }
  checkCaseMove('addStatement', caseSituationOf(file, complainant, null))
  const by = { actor: anyone(file.case.bodyOrganizationId), mark, at: ports.world.now() }
  const moved = await ports.cases.move(by, file.case, {
    move: 'addStatement',
    auditId,
    state: caseStateAfter(file.case.state, 'addStatement'),
    statement: { side: 'complainant', personId: null, text },
  })
  const now = await findReceived(ports, receipt, auditId)
  if (moved === null && now.madeBefore === null) throw actedMeanwhile()
  return now
}

/** The refusal of an act that another one came before. */
export function actedMeanwhile(): Problem {
  return new Problem('stale-state', 'Someone else acted on the case first; read it again.')
}

/** Erases name and address; what was said remains. Done again, it is done. @throws Problem `not-found`. */
export async function eraseOwnContact(
  ports: ReceiptPorts,
  { mark, ...receipt }: Receipt & { readonly mark: RequestMark },
): Promise<CaseFile> {
  const file = await readReceived(ports, receipt)
  const by = { actor: anyone(file.case.bodyOrganizationId), mark, at: ports.world.now() }
  await ports.cases.eraseContact(by, file.case, ports.world.newId())
  return readReceived(ports, receipt)
}

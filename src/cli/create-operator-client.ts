/** `egret operator-client`: another client for the operator, made by whoever holds the database: for a lost secret. */

import { bootstrapOperator } from '../actions/parties/bootstrap-operator.ts'
import { readEnvironment } from '../environment.ts'
import { withPorts } from './local.ts'
import { operatorFace } from './set-up.ts'

/** @returns the exit code. @throws EnvironmentRefused. */
export async function createOperatorClient(): Promise<number> {
  const made = await withPorts(readEnvironment(process.env), (ports) =>
    bootstrapOperator(ports, operatorFace),
  )
  process.stdout.write(`Shown this once:\n  client id  ${made.clientId}\n  secret     ${made.secret}\n`)
  return 0
}

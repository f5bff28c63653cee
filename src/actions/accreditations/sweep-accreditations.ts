/** Facts in the public bucket: written when they are recorded, and looked at again until they were read back. */

import { encodeUtf8 } from '../../json/encoding.ts'
import type { Accreditation } from '../../ports/accreditations.ts'
import { accreditationKey, frozenCache } from '../../ports/objects.ts'
import type { Ports } from '../../ports.ts'

type FactPublisher = Pick<Ports, 'accreditations' | 'notices' | 'objects' | 'world'>

const batch = 100

/** Writes a fact; what fails is told, and the sweep comes back to it. */
export async function publishFact(ports: FactPublisher, fact: Accreditation): Promise<void> {
  try {
    await write(ports, fact)
  } catch (thrown) {
    ports.notices.tell('error', { accreditation: fact.id, error: (thrown as Error).message })
  }
}

/** @returns how many facts were not there. */
export async function sweepAccreditations(ports: FactPublisher): Promise<number> {
  let written = 0
  for (const fact of await ports.accreditations.unconfirmed(batch)) {
    if (await isThere(ports, fact)) await ports.accreditations.confirmed(fact.id, ports.world.now())
    else {
      await publishFact(ports, fact)
      written += 1
    }
  }
  return written
}

async function isThere({ objects }: FactPublisher, { id, jwt }: Accreditation): Promise<boolean> {
  const shown = await objects.get('public', accreditationKey(id))
  const wanted = encodeUtf8(jwt)
  return shown?.length === wanted.length && shown.every((byte, at) => byte === wanted[at])
}

async function write({ objects }: FactPublisher, { id, jwt }: Accreditation): Promise<void> {
  await objects.put('public', accreditationKey(id), encodeUtf8(jwt), {
    contentType: 'application/vc+jwt',
    cacheControl: frozenCache('public'),
  })
}

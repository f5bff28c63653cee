/** Places of a parameter inside what it belongs to, held to the type: what the engine gains and a test lacks does not compile. */

/** `/meter/meters/0/readings/0/date`: every place of a value in a line, the first of every list. */
export type Places<Type, Place extends string> = Type extends string | number | boolean
  ? Place
  : Type extends readonly (infer Item)[]
    ? Places<Item, `${Place}/0`>
    : {
        [Member in keyof Type & string]-?: Places<NonNullable<Type[Member]>, `${Place}/${Member}`>
      }[keyof Type & string]

/** A copy with another value at a place; undefined takes it out. */
export function changed(value: unknown, [name, ...inside]: readonly string[], to: unknown): unknown {
  if (name === undefined) return to
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === name ? changed(item, inside, to) : item))
  const members = value as Readonly<Record<string, unknown>>
  return { ...members, [name]: changed(members[name], inside, to) }
}

/** The value at a place; undefined where there is none. */
export function valueAt(whole: object, place: readonly string[]): unknown {
  return place.reduce<unknown>(
    (inside, name) => (inside as Record<string, unknown> | undefined)?.[name],
    whole,
  )
}

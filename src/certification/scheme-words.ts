/** Shapes that members of a scheme have in common. */

import { z } from 'zod'

export const identifier = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'Use lower-case words joined by hyphens')
  .max(80)
export const version = z
  .string()
  .regex(/^[0-9a-z]+(?:[.-][0-9a-z]+)*$/, 'Use digits and dots, e.g. 1.0')
  .max(40)
export const text = z.string().min(1).max(4000)
export const bilingual = z.strictObject({ en: text, zh: text })
/** A share of the whole, 0 to 1. */
export const share = z
  .string()
  .regex(/^(?:0(?:\.\d{1,12})?|1(?:\.0{1,12})?)$/, 'Write a share between 0 and 1, e.g. 0.05')
export const versions = z.union([z.literal('all'), z.array(version).min(1).max(100)])

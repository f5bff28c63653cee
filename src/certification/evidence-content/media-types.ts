/** Which files can be evidence, and why a file is refused: closed lists, and the words a person reads. */

/** What evidence can be; the content says which, and what was stated must agree with it. */
export const evidenceMediaTypes = [
  'application/pdf',
  /** GB/T 33190: electronic invoices. */
  'application/ofd',
  'image/jpeg',
  'image/png',
  'image/heic',
  'image/webp',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'text/csv',
  'text/plain',
  'application/xml',
] as const
export type EvidenceMediaType = (typeof evidenceMediaTypes)[number]

/** Why a file does not count. */
export const refusalReasons = {
  'size-differs': {
    en: 'The file has another size than was announced.',
    zh: '文件大小与登记的不一致。',
  },
  'digest-differs': {
    en: 'The file has another SHA-256 than was announced.',
    zh: '文件的 SHA-256 与登记的不一致。',
  },
  'type-differs': {
    en: 'The content is of another type than was announced.',
    zh: '文件内容与登记的类型不一致。',
  },
  'unknown-content': {
    en: 'The content is of no type that can be evidence.',
    zh: '文件内容不属于可作为证据的类型。',
  },
  executable: { en: 'The file is a program.', zh: '文件是可执行程序。' },
  'active-content': {
    en: 'The file holds HTML, SVG, a style sheet, document types or macros, which a reader might run.',
    zh: '文件含有 HTML、SVG、样式表、文档类型定义或宏等可被执行的内容。',
  },
  archive: {
    en: 'The file is, or carries, an archive that is no OFD, XLSX or DOCX.',
    zh: '文件是或夹带了不属于 OFD、XLSX、DOCX 的压缩包。',
  },
  damaged: { en: 'The file is damaged or cut off.', zh: '文件已损坏或不完整。' },
  'expands-too-far': {
    en: 'The file would unpack to far more than it is.',
    zh: '文件解压后远大于其本身。',
  },
} as const satisfies Record<string, { readonly en: string; readonly zh: string }>
export type RefusalReason = keyof typeof refusalReasons

/** What bytes turned out to be: types that they may be called, or why they are refused. */
export type Content = { readonly types: readonly EvidenceMediaType[] } | { readonly refused: RefusalReason }

export const isOf = (...types: readonly EvidenceMediaType[]): Content => ({ types })
export const isRefused = (refused: RefusalReason): Content => ({ refused })

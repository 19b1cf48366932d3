export type { Inline } from './markdown/inline.ts';
export { withoutInvisible } from './markdown/invisible.ts';
export { isMisleading, safeHref } from './markdown/links.ts';
export { type Block, parseMarkdown, plainText } from './markdown/parse.ts';

/** Sizes that both ends know. Characters are UTF-16 code units. */
export const LIMITS = {
  /** Security checklist D10. */
  textCharacters: 4_000,
  frameBytes: 65_536,
  emailCharacters: 254,
  nameCharacters: 120,
  identityCharacters: 4_000,
  noteCharacters: 2_000,
  commentCharacters: 1_000,
  idCharacters: 64,
} as const;

export * from './claude/claude-source.ts';
export type { SourceOptions } from './connection.ts';
export * from './gpt/gpt-source.ts';
export { checkModel, type ModelCheck, type ModelCheckOptions } from './model-check/model-check.ts';
export * from './open-model/open-model-source.ts';
export * from './prompt/answer-text.ts';
export * from './prompt/build-prompt.ts';
export { withNamedSources } from './prompt/named-sources.ts';
export { type Persona, PROMPT_VERSION } from './prompt/rules.ts';

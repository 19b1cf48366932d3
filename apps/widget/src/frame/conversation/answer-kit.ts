/**
 * What is only needed once somebody says something. Its chunk is fetched when the visitor begins to write, so that the
 * first open stays small.
 */
export { Deferral } from '../handoff/deferral.tsx';
export { OfferCard } from '../handoff/offer-card.tsx';
export { QueuedCard } from '../handoff/queued-card.tsx';
export { RateConversation } from '../handoff/rate-conversation.tsx';
export { Markdown } from '../markdown/markdown.tsx';
export { Menu } from '../panel/menu.tsx';
export { Announcer } from './announcer.tsx';
export { AnswerActions } from './answer-actions.tsx';
export { Choices } from './choices.tsx';
export { SavedAnswer } from './saved-answer.tsx';
export { Sources } from './sources.tsx';

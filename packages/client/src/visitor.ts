export { browserClock, createBrowserChannel, createBrowserLocks, createBrowserStorage, createPageLocks } from './browser-ports.ts';
export { type OpenSocket, openVisitorSocket, type VisitorSocket } from './connection.ts';
export { type ConversationEvent, type ConversationState, emptyConversation, reduceConversation } from './conversation-store.ts';
export type { HandoffWish } from './handoff-request.ts';
export type { Profile } from './identity.ts';
export { type ClientClock, createMemoryStorage, type Locks, type Random, type StoragePort, type TabChannel } from './ports.ts';
export type { ConnectionState, Delivery, HandoffView, MessageView, VisitorSnapshot } from './snapshot.ts';
export { createVisitorClient, type VisitorClient, type VisitorClientOptions } from './visitor-client.ts';

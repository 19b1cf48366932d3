export type { Attention, AttentionListener } from './agent-attention.ts';
export { type AgentClient, type AgentClientOptions, createAgentClient } from './agent-client.ts';
export type { AgentSocket, OpenAgentSocket } from './agent-connection.ts';
export type { AgentHttp, Answer, FetchPort } from './agent-http.ts';
export { type InboxState, sortInbox } from './agent-inbox.ts';
export { countConditions, type InboxConditions } from './agent-inbox-conditions.ts';
export type {
  AccessState,
  AgentConnectionState,
  AgentSnapshot,
  AlertView,
  DeskPhase,
  DeskView,
  InboxFilter,
  OutgoingReply,
  Viewer,
} from './agent-snapshot.ts';
export { browserClock, createBrowserChannel, createBrowserLocks, createBrowserStorage, createPageLocks } from './browser-ports.ts';
export { isContinuing } from './conversation-store.ts';
export { createFaqClient, type FaqClient, type FaqDraft, type FaqImportFile, type FaqListSearch, type FaqRefusal } from './faq-client.ts';
export { createMemoryStorage, type StoragePort } from './ports.ts';

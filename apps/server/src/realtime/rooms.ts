/** Rooms are named by the server alone; no payload can choose one (D13). */
export const visitorRoom = (visitorId: string): string => `visitor:${visitorId}`;
export const conversationRoom = (conversationId: string): string => `conversation:${conversationId}`;
export const agentRoom = (agentId: string): string => `agent:${agentId}`;

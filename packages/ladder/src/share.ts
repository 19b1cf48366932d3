/**
 * Maps a key to [0, 1), always the same number for the same key (FNV-1a, then a mixing step, because FNV alone
 * leaves the upper bits of short similar keys close together).
 */
function shareOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) {
    hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 4_294_967_296;
}

/** True for the conversations inside a share (0–1). A larger share keeps everyone who was inside the smaller one. */
export function isInShare(conversationId: string, salt: string, share: number): boolean {
  return share >= 1 || shareOf(`${salt}/${conversationId}`) < share;
}

let lastHost = 0;

/** Environment of a server that believes this machine about who asks. */
export const BEHIND_PROXY = { STEPDOWN_TRUSTED_PROXIES: '127.0.0.1,::1' } as const;

/** Headers of an asker nobody has seen before, so that limits by address of one test do not meet another's. */
export function newAddress(): { readonly 'x-forwarded-for': string } {
  lastHost += 1;
  return { 'x-forwarded-for': `198.51.${Math.floor(lastHost / 250)}.${(lastHost % 250) + 1}` };
}

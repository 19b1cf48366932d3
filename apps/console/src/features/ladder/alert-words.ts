const TITLES: Readonly<Record<string, string>> = {
  credential: 'A key is refused or its quota is used up',
  model: 'A model is gone or ends soon',
  flapping: 'A route goes up and down',
  internal: 'An error of our own',
  egress: 'This server can’t reach any provider',
  configuration: 'A setting is wrong',
};

/** What kind of trouble an alert names; a kind of a newer server is shown as it is called. */
export function alertTitle(code: string): string {
  return TITLES[code] ?? code;
}

/** The outage remote control of a simulated server. */
export async function breakProvider(url: string, provider: 'claude' | 'gpt' | 'open-model', fault: object): Promise<void> {
  const response = await fetch(`${url}/api/simulator/${provider}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(fault),
  });
  if (!response.ok) throw new Error(`The remote control refused: ${await response.text()}`);
}

import type { StatusResponse, TierChangeView } from '@stepdown/protocol';

export interface StatusPageModel {
  readonly siteName: string;
  readonly status: StatusResponse;
  readonly changes: readonly TierChangeView[];
  readonly now: number;
}

/** Customers read this page, so tiers are named by what they mean and not by vendor. */
const TIER_NAMES: Readonly<Record<string, string>> = {
  claude: 'AI assistant',
  gpt: 'AI assistant, second provider',
  'open-model': 'AI assistant, own model',
  faq: 'Answers written by our team',
  handoff: 'A person on our team',
};

const STATE_NAMES: Readonly<Record<string, string>> = {
  healthy: 'Working',
  degraded: 'Slower than usual',
  open: 'Not answering',
  probing: 'Being checked',
  ramping: 'Coming back',
  latched: 'Needs attention',
  pinned: 'Held by our team',
  drill: 'Being rehearsed',
  unconfigured: 'Not set up',
};

const SUMMARIES: Readonly<Record<string, string>> = {
  claude: 'Everything works.',
  gpt: 'Everything works; our first AI provider is being bypassed.',
  'open-model': 'Replies may take a little longer than usual.',
  faq: "Our AI assistant isn't available right now. Answers written by our team are.",
  handoff: "Our AI assistant isn't available right now. Your message is saved and a person answers.",
};

/** The public status page: plain HTML that needs no script to be read. */
export function renderStatusPage({ siteName, status, changes, now }: StatusPageModel): string {
  const rows = status.tiers
    .filter((tier) => tier.state !== 'unconfigured')
    .map(
      (tier) =>
        `<li class="tier" data-tier="${escapeHtml(tier.id)}" data-state="${escapeHtml(tier.state)}"><span>${TIER_NAMES[tier.id] ?? escapeHtml(tier.id)}</span><strong>${STATE_NAMES[tier.state] ?? escapeHtml(tier.state)}</strong></li>`,
    );
  const history = changes.map(
    (change) =>
      `<li><time datetime="${new Date(change.at).toISOString()}">${when(change.at)}</time> ${TIER_NAMES[change.from] ?? ''} → ${TIER_NAMES[change.to] ?? ''}</li>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="30">
<title>${escapeHtml(siteName)} support status</title>
<link rel="stylesheet" href="/status.css">
</head>
<body>
<main>
<h1>${escapeHtml(siteName)} support</h1>
<p class="summary" data-tier="${escapeHtml(status.tier)}">${SUMMARIES[status.tier] ?? ''}</p>
${status.isSimulated ? '<p class="simulated">The AI providers are simulated on this machine.</p>' : ''}
<h2>How questions are answered now</h2>
<ol class="tiers">${rows.join('')}</ol>
<h2>Changes in the last 30 days</h2>
${history.length === 0 ? '<p>None.</p>' : `<ul class="history">${history.join('')}</ul>`}
<footer>As of <time datetime="${new Date(now).toISOString()}">${when(now)}</time> · refreshes by itself</footer>
</main>
</body>
</html>`;
}

function when(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

export const STATUS_CSS = `:root{color-scheme:light dark;--ink:#1d2421;--paper:#fbfaf7;--line:#d9d8d0;--quiet:#5c645f;--good:#1f6f4a;--warn:#8a5a00;--bad:#a3271f}
@media (prefers-color-scheme:dark){:root{--ink:#eceae3;--paper:#151816;--line:#333934;--quiet:#a5ada7;--good:#74d3a4;--warn:#f0bd61;--bad:#ff9a8f}}
*{box-sizing:border-box}body{margin:0;font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
main{max-width:42rem;margin:0 auto;padding:2.5rem 1.25rem}h1{font-size:1.5rem;margin:0 0 1rem}h2{font-size:1rem;margin:2rem 0 .5rem}
.summary{font-size:1.125rem;padding:1rem 1.25rem;border:1px solid var(--line);border-inline-start:4px solid var(--good);border-radius:.5rem;margin:0}
.summary[data-tier="open-model"],.summary[data-tier="faq"]{border-inline-start-color:var(--warn)}.summary[data-tier="handoff"]{border-inline-start-color:var(--bad)}
.tiers,.history{list-style:none;margin:0;padding:0}.tier{display:flex;justify-content:space-between;gap:1rem;padding:.75rem 0;border-bottom:1px solid var(--line)}
.tier strong{color:var(--good);font-weight:600}.tier[data-state="degraded"] strong,.tier[data-state="ramping"] strong,.tier[data-state="probing"] strong{color:var(--warn)}
.tier[data-state="open"] strong,.tier[data-state="latched"] strong{color:var(--bad)}.history li{padding:.5rem 0}time{color:var(--quiet)}footer{margin-top:2.5rem;color:var(--quiet);font-size:.875rem}
`;

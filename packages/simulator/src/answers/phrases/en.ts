import type { Phrases } from './phrases.ts';

export const en: Phrases = {
  claude: {
    openings: ["Good question — here's how it works.", 'Happy to help with that.'],
    noMatch: "I don't have that in our help articles, so I'd rather not guess. I can pass you on to a person on our team if you like.",
    greeting: 'Hello! What can I help you with today?',
    thanks: "You're very welcome. I'm here if anything else comes up.",
    person: 'Of course. I can hand this conversation to a person on our team right now.',
  },
  gpt: {
    openings: ['Sure, here is what applies.', 'Absolutely, let me sum it up.'],
    noMatch: "Sorry, our help articles don't cover that. Would you like to talk to someone from the team instead?",
    greeting: 'Hi there! How can I help?',
    thanks: 'Glad I could help! Anything else?',
    person: 'No problem, I can connect you with someone from the team.',
  },
  'open-model': {
    openings: ['Our help articles say the following.', 'According to our help articles:'],
    noMatch: "This is not in our help articles. I don't have an answer, but a person can help you.",
    greeting: 'Welcome. Please ask your question.',
    thanks: 'Thank you too. Have a good day.',
    person: 'A person from the team can take over this conversation.',
  },
};

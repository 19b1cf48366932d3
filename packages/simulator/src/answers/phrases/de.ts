import type { Phrases } from './phrases.ts';

export const de: Phrases = {
  claude: {
    openings: ['Gute Frage – so funktioniert es.', 'Dabei helfe ich Ihnen gern.'],
    noMatch:
      'Dazu habe ich nichts in unseren Hilfeartikeln, und raten möchte ich nicht. Wenn Sie möchten, gebe ich Sie an jemanden aus unserem Team weiter.',
    greeting: 'Guten Tag! Wobei kann ich Ihnen heute helfen?',
    thanks: 'Sehr gern. Ich bin da, wenn noch etwas ist.',
    person: 'Natürlich. Ich kann dieses Gespräch gleich an jemanden aus unserem Team übergeben.',
  },
  gpt: {
    openings: ['Klar, hier ist das Wichtigste.', 'Gerne, kurz zusammengefasst:'],
    noMatch: 'Leider steht das nicht in unseren Hilfeartikeln. Möchten Sie stattdessen mit jemandem aus dem Team sprechen?',
    greeting: 'Hallo! Wie kann ich helfen?',
    thanks: 'Freut mich, dass ich helfen konnte! Noch etwas?',
    person: 'Kein Problem, ich verbinde Sie mit jemandem aus dem Team.',
  },
  'open-model': {
    openings: ['In unseren Hilfeartikeln steht Folgendes.', 'Laut unseren Hilfeartikeln:'],
    noMatch: 'Das ist in unseren Hilfeartikeln nicht beschrieben. Ich habe keine Antwort, aber ein Mensch kann Ihnen helfen.',
    greeting: 'Willkommen. Bitte stellen Sie Ihre Frage.',
    thanks: 'Ich danke Ihnen. Einen schönen Tag.',
    person: 'Jemand aus dem Team kann dieses Gespräch übernehmen.',
  },
};

import type { Phrases } from './phrases.ts';

export const fr: Phrases = {
  claude: {
    openings: ['Bonne question, voici comment cela fonctionne.', 'Je vous aide avec plaisir.'],
    noMatch:
      "Je ne trouve pas cela dans nos articles d'aide et je préfère ne pas deviner. Je peux vous mettre en relation avec une personne de notre équipe.",
    greeting: "Bonjour ! Comment puis-je vous aider aujourd'hui ?",
    thanks: "Je vous en prie. Je reste là si besoin d'autre chose.",
    person: 'Bien sûr. Je peux transmettre cette conversation à une personne de notre équipe.',
  },
  gpt: {
    openings: ["Oui, voici l'essentiel.", 'Volontiers, en résumé :'],
    noMatch: "Désolé, nos articles d'aide n'en parlent pas. Souhaitez-vous plutôt parler à quelqu'un de l'équipe ?",
    greeting: 'Salut ! Que puis-je faire pour vous ?',
    thanks: 'Ravi de vous avoir aidé ! Autre chose ?',
    person: "Pas de problème, je vous mets en relation avec quelqu'un de l'équipe.",
  },
  'open-model': {
    openings: ["Nos articles d'aide indiquent ceci.", "Selon nos articles d'aide :"],
    noMatch: "Cela ne figure pas dans nos articles d'aide. Je n'ai pas de réponse, mais une personne peut vous aider.",
    greeting: 'Bienvenue. Posez votre question.',
    thanks: 'Merci à vous. Bonne journée.',
    person: "Une personne de l'équipe peut reprendre cette conversation.",
  },
};

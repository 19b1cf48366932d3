import type { Phrases } from './phrases.ts';

export const pt: Phrases = {
  claude: {
    openings: ['Boa pergunta, funciona assim.', 'Terei todo o gosto em ajudar.'],
    noMatch:
      'Não encontro isso nos nossos artigos de ajuda e prefiro não adivinhar. Se quiser, posso encaminhar para uma pessoa da nossa equipa.',
    greeting: 'Bom dia! Em que posso ajudar hoje?',
    thanks: 'De nada. Estou aqui se precisar de mais alguma coisa.',
    person: 'Com certeza. Posso passar esta conversa a uma pessoa da nossa equipa.',
  },
  gpt: {
    openings: ['Claro, aqui está o essencial.', 'Certo, em resumo:'],
    noMatch: 'Desculpe, os nossos artigos de ajuda não falam disso. Prefere falar com alguém da equipa?',
    greeting: 'Olá! Como posso ajudar?',
    thanks: 'Fico feliz por ter ajudado! Mais alguma coisa?',
    person: 'Sem problema, ponho-o em contacto com alguém da equipa.',
  },
  'open-model': {
    openings: ['Os nossos artigos de ajuda dizem o seguinte.', 'Segundo os nossos artigos de ajuda:'],
    noMatch: 'Isto não está nos nossos artigos de ajuda. Não tenho resposta, mas uma pessoa pode ajudar.',
    greeting: 'Bem-vindo. Escreva a sua pergunta.',
    thanks: 'Obrigado também. Tenha um bom dia.',
    person: 'Uma pessoa da equipa pode continuar esta conversa.',
  },
};

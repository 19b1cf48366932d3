import type { Phrases } from './phrases.ts';

export const es: Phrases = {
  claude: {
    openings: ['Buena pregunta, así funciona.', 'Con gusto le ayudo.'],
    noMatch:
      'No lo encuentro en nuestros artículos de ayuda y prefiero no adivinar. Si quiere, puedo pasarle con una persona de nuestro equipo.',
    greeting: '¡Buenos días! ¿En qué puedo ayudarle hoy?',
    thanks: 'Con mucho gusto. Aquí estoy si surge algo más.',
    person: 'Por supuesto. Puedo pasar esta conversación a una persona de nuestro equipo.',
  },
  gpt: {
    openings: ['Claro, esto es lo esencial.', 'Enseguida, en resumen:'],
    noMatch: 'Lo siento, nuestros artículos de ayuda no lo tratan. ¿Prefiere hablar con alguien del equipo?',
    greeting: '¡Hola! ¿Cómo puedo ayudar?',
    thanks: '¡Me alegra haber ayudado! ¿Algo más?',
    person: 'Sin problema, le pongo en contacto con alguien del equipo.',
  },
  'open-model': {
    openings: ['Nuestros artículos de ayuda dicen lo siguiente.', 'Según nuestros artículos de ayuda:'],
    noMatch: 'Esto no está en nuestros artículos de ayuda. No tengo respuesta, pero una persona puede ayudarle.',
    greeting: 'Bienvenido. Escriba su pregunta.',
    thanks: 'Gracias a usted. Que tenga un buen día.',
    person: 'Una persona del equipo puede continuar esta conversación.',
  },
};

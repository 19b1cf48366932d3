/**
 * Pairs whose two sides need different answers, per base language, as folded words; alternatives separated by `|`.
 * Only pairs that practically never mean the same in a support question.
 */
export const OPPOSITES: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  en: [
    [
      'turn on|switch on|turning on|switching on|enable|activate|enabling|activating|turned on|switched on',
      'turn off|switch off|turning off|switching off|disable|deactivate|disabling|deactivating|turned off|switched off',
    ],
    ['with', 'without'],
    ['log in|sign in|login|logging in|signing in', 'log out|sign out|logout|logging out|signing out'],
    ['subscribe|subscribing|sign up', 'unsubscribe|unsubscribing'],
    ['lock|freeze|block|locked|frozen|blocked', 'unlock|unfreeze|unblock|unlocked|unfrozen|unblocked'],
    ['before', 'after'],
    ['add|adding|added', 'remove|delete|removing|deleting|removed|deleted'],
    ['increase|raise|raising|increasing', 'decrease|reduce|lower|reducing|lowering'],
    ['pause|pausing', 'resume|resuming|unpause'],
    ['earn|collect|earning|collecting', 'spend|redeem|spending|redeeming'],
  ],
  de: [
    ['einschalten|aktivieren|anschalten|anmachen|aktiviere', 'ausschalten|deaktivieren|abschalten|ausmachen|deaktiviere'],
    ['mit', 'ohne'],
    ['anmelden|einloggen', 'abmelden|ausloggen'],
    ['abonnieren', 'abbestellen'],
    ['sperren', 'entsperren'],
    ['vor', 'nach'],
    ['hinzufugen|zufugen', 'entfernen|loschen'],
    ['sammeln', 'einlosen'],
  ],
  fr: [
    ['activer|allumer|active', 'desactiver|eteindre|desactive'],
    ['avec', 'sans'],
    ['connecter|connexion', 'deconnecter|deconnexion'],
    ['abonner|inscrire', 'desabonner|desinscrire'],
    ['bloquer', 'debloquer'],
    ['avant', 'apres'],
    ['ajouter', 'supprimer|retirer|enlever'],
  ],
  es: [
    ['activar|encender', 'desactivar|apagar'],
    ['con', 'sin'],
    ['suscribir|suscribirme', 'darme de baja|cancelar la suscripcion'],
    ['bloquear', 'desbloquear'],
    ['antes', 'despues'],
    ['anadir|agregar', 'eliminar|quitar|borrar'],
  ],
  pt: [
    ['ativar|ligar', 'desativar|desligar'],
    ['com', 'sem'],
    ['bloquear', 'desbloquear'],
    ['antes', 'depois'],
    ['adicionar', 'remover|excluir|apagar'],
  ],
};

/** Words that turn a sentence around. */
export const NEGATIONS: Readonly<Record<string, string>> = {
  en: 'not|never|no|without|nothing|nor',
  de: 'nicht|kein|keine|keinen|keinem|keiner|nie|niemals|ohne|nichts',
  fr: 'pas|jamais|aucun|aucune|sans|rien|ne',
  es: 'no|nunca|jamas|ningun|ninguna|sin|nada',
  pt: 'nao|nunca|jamais|nenhum|nenhuma|sem|nada',
  it: 'non|mai|nessun|nessuna|senza|niente',
  nl: 'niet|geen|nooit|zonder|niets',
};

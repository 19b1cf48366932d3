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
    ['log in|sign in|login|logging in|signing in', 'log out|sign out|logout|logging out|signing out'],
    ['subscribe|subscribing|sign up', 'unsubscribe|unsubscribing'],
    ['lock|freeze|block|locked|frozen|blocked', 'unlock|unfreeze|unblock|unlocked|unfrozen|unblocked'],
    ['add|adding|added', 'remove|delete|removing|deleting|removed|deleted'],
    ['increase|raise|raising|increasing', 'decrease|reduce|lower|reducing|lowering'],
    ['cancel|cancelling|canceling|cancelled|canceled', 'uncancel|undo|keep|reinstate|revive'],
    ['pause|pausing', 'resume|resuming|unpause'],
    ['earn|collect|earning|collecting', 'spend|redeem|spending|redeeming'],
  ],
  de: [
    ['einschalten|aktivieren|anschalten|anmachen|aktiviere', 'ausschalten|deaktivieren|abschalten|ausmachen|deaktiviere'],
    ['anmelden|einloggen', 'abmelden|ausloggen'],
    ['abonnieren', 'abbestellen'],
    ['sperren', 'entsperren'],
    ['hinzufugen|zufugen', 'entfernen|loschen'],
    ['sammeln', 'einlosen'],
    ['stornieren|kundigen|abbrechen', 'behalten|reaktivieren|wiederherstellen'],
  ],
  fr: [
    ['activer|allumer|active', 'desactiver|eteindre|desactive'],
    ['connecter|connexion', 'deconnecter|deconnexion'],
    ['abonner|inscrire', 'desabonner|desinscrire'],
    ['bloquer', 'debloquer'],
    ['annuler|resilier', 'garder|retablir|reactiver'],
    ['ajouter', 'supprimer|retirer|enlever'],
  ],
  es: [
    ['activar|encender', 'desactivar|apagar'],
    ['suscribir|suscribirme', 'darme de baja|cancelar la suscripcion'],
    ['bloquear', 'desbloquear'],
    ['cancelar|anular', 'mantener|recuperar|reactivar'],
    ['anadir|agregar', 'eliminar|quitar|borrar'],
  ],
  pt: [
    ['ativar|ligar', 'desativar|desligar'],
    ['bloquear', 'desbloquear'],
    ['cancelar|anular', 'manter|recuperar|reativar'],
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

/** `with` and `without` a thing: opposite only when the thing is the same. */
export const COMPANIONS: Readonly<Record<string, readonly [string, string]>> = {
  en: ['with', 'without'],
  de: ['mit', 'ohne'],
  fr: ['avec', 'sans'],
  es: ['con', 'sin'],
  pt: ['com', 'sem'],
  it: ['con', 'senza'],
  nl: ['met', 'zonder'],
};

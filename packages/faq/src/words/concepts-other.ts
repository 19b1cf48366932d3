/** The same kind of groups as `concepts-en.ts`, for the other languages the product speaks; folded (no accents, ß as ss). */
export const GERMAN_CONCEPTS = `
preis kosten kostet gebuhr gebuhren teuer versandkosten porto wieviel betrag
bezahlen zahlen zahlung bezahlung zahlungsart zahlungsmethode
kaufen bestellen bestellung kauf erwerben bestellt gekauft
liefern lieferung liefert versand verschicken verschickt versenden schicken schickt zustellung zusenden
ankommen ankunft angekommen kommt erhalten bekommen da
paket packchen sendung lieferung karton
verfolgen verfolgung sendungsverfolgung tracking status wo
verspatet verspatung dauert spat warten warte verzogerung
verloren verschwunden weg fehlt vermisst
kaputt defekt beschadigt zerbrochen gebrochen bruch riss schaden zerkratzt
funktioniert geht klappt lauft
problem fehler storung fehlgeschlagen
zuruckgeben zuruckschicken zurucksenden rucksendung retoure retournieren ruckgabe umtausch
erstattung ruckerstattung erstatten geld_zuruck zuruckzahlen
tauschen umtauschen umtausch austausch ersatz
stornieren storno stornierung abbestellen kundigen kundigung widerrufen abbrechen beenden
andern anpassen bearbeiten wechseln aktualisieren korrigieren
konto account profil kundenkonto
loschen entfernen schliessen
anmelden einloggen login anmeldung
registrieren erstellen anlegen eroffnen
passwort kennwort zugang
vergessen zurucksetzen
telefon handy anrufen ruckruf anruf telefonisch
mail email post
adresse anschrift lieferadresse strasse
mensch person mitarbeiter jemand kundenservice support
hilfe kontakt helfen erreichen
laden geschaft filiale store shop
offnungszeiten offen geoffnet uhr wann
abholen abholung
rechnung beleg quittung kassenbon bon
karte kreditkarte visa mastercard
gutschein gutscheine code rabatt rabattcode aktionscode geschenkkarte geschenkgutschein
geschenk geschenkt verschenken
punkte bonus embers sammeln club treueprogramm
garantie gewahrleistung
reparieren reparatur flicken
grosse grossen passt grossentabelle klein gross
lager verfugbar vorratig ausverkauft lieferbar
land lander ausland international
zoll steuer mehrwertsteuer mwst
abo abonnement
newsletter werbung mails
abmelden abbestellen
nachbar nachbarn nachbarin
daten datenschutz personlich
raten ratenzahlung raten_zahlen
express schnell schneller sofort morgen
firma unternehmen geschaftlich
waschen reinigen pflege pflegen putzen
kostenlos gratis frei umsonst
dauer lange tage frist
hallo hi moin guten
`;

export const FRENCH_CONCEPTS = `
prix cout couter coute frais tarif combien montant cher
payer paiement regler reglement
acheter achat commande commander
livrer livraison livre expedier expedition envoyer envoi envoyez
arriver arrivee recevoir recu reception
colis paquet carton
suivre suivi localiser ou statut
retard attendre long
perdu disparu manque introuvable
casse abime endommage defectueux dechire fissure
marche fonctionne
probleme erreur echoue refuse
retourner retour renvoyer rendre
rembourser remboursement
echanger echange remplacer
annuler annulation resilier arreter stopper
modifier changer modification corriger
compte profil
supprimer effacer fermer
connecter connexion identifier
creer inscrire inscription ouvrir
passe mot_de mdp
oublie reinitialiser
telephone telephoner appeler rappel rappeler appel
mail email courriel
adresse rue
personne humain conseiller quelqu
aide contact contacter joindre
magasin boutique
horaires ouvert ouverture heure
retirer retrait recuperer chercher
facture ticket recu
carte visa bancaire mastercard
code promo reduction coupon remise bon
cadeau offrir
points fidelite embers club
garantie garanti
reparer reparation
taille pointure grand petit
stock disponible rupture dispo
pays etranger
douane taxe tva
abonnement
newsletter mails publicite
desabonner desinscrire
voisin voisine
donnees personnelles confidentialite
fois mensualites
express rapide vite rapidement
entreprise societe professionnel
laver nettoyer entretien entretenir lavage
gratuit gratuite offert
delai temps jours duree
bonjour salut bonsoir coucou
`;

export const SPANISH_CONCEPTS = `
precio coste costo cuesta cuanto gastos tarifa vale
pagar pago abonar
comprar compra pedido pedir encargar
enviar envio envian entrega entregar mandar mandan reparto
llegar llega recibir recibido
paquete bulto caja
seguir seguimiento rastrear donde estado
retraso tarda esperar demora
perdido desaparecido falta extraviado
roto danado defectuoso estropeado
funciona va
problema error fallo rechazado
devolver devolucion
reembolso reembolsar dinero
cambiar cambio modificar
cancelar anular cancelacion baja
cuenta perfil
borrar eliminar cerrar
sesion entrar acceder
contrasena clave
olvidado restablecer recuperar
telefono llamar movil llamada
correo email mail
direccion domicilio
persona humano alguien agente
ayuda contacto contactar
tienda local
horario abierto abre hora
recoger recogida
factura recibo ticket
tarjeta visa mastercard
codigo descuento cupon promocion vale
regalo regalar
puntos fidelidad
garantia
reparar arreglar reparacion
talla tamano numero
disponible stock existencias agotado
pais extranjero paises
aduana impuestos iva
suscripcion
plazos cuotas
rapido urgente express
gratis gratuito
plazo tiempo dias tarda
hola buenas buenos
`;

export const PORTUGUESE_CONCEPTS = `
preco custo custa quanto portes taxa tarifa frete valor
pagar pagamento
comprar compra encomenda pedido encomendar
enviar envio entrega entregar enviam mandar
chegar chega receber recebi recebido
pacote embalagem caixa
seguir rastrear rastreio acompanhar onde estado
atraso demora esperar
perdido desaparecido falta extraviado
partido danificado defeituoso quebrado estragado
funciona
problema erro falha recusado
devolver devolucao
reembolso reembolsar dinheiro
trocar troca mudar alterar
cancelar anular cancelamento
conta perfil
apagar eliminar excluir fechar
entrar login acessar
senha palavra_passe
esqueci recuperar redefinir
telefone ligar telemovel celular
email mail correio
morada endereco
pessoa humano alguem atendente
ajuda contacto contato falar
loja
horario aberto abre hora
levantar recolher buscar
fatura recibo
cartao visa
codigo desconto cupao cupom vale
presente oferta
pontos fidelidade
garantia
reparar conserto arranjar
tamanho numero
disponivel stock estoque esgotado
pais estrangeiro paises
alfandega impostos
assinatura subscricao
prestacoes parcelas
rapido urgente expresso
gratis gratuito
prazo tempo dias
ola oi bom boa
`;

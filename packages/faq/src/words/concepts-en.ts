/**
 * Words that customers use for the same thing when they write to a support desk, one group a line. Written from the language of
 * support in general, not from any question set. A word may stand in several groups; inflected forms need not be listed.
 * Two words joined by `_` must follow each other.
 */
export const ENGLISH_CONCEPTS = `
price cost fee charge charges rate tariff pricing fare amount surcharge expensive cheap how_much
pay payment paid payable settle
buy purchase order acquire bought shop
sell vendor seller sold
deliver delivery ship shipping shipment dispatch send sent courier mail post
arrive arrival arrived come reach receive received get here
parcel package packet box consignment
track tracking trace locate where status whereabouts follow
late delay delayed slow waiting wait overdue still long
lost missing lose disappeared vanished misplaced gone
stolen theft stole steal thief robbed
broken damaged defective faulty broke cracked damage torn scratched smashed ruined
work working function functioning operate malfunction
fail failed failure error problem issue trouble wrong glitch bug fault
return returns give_back send_back bring_back take_back
refund refunded reimbursement reimburse money_back repay repaid
exchange swap replace replacement substitute trade
cancel cancellation cancelled canceled revoke terminate end abort undo call_off back_out withdraw
stop quit cease discontinue halt
change edit update modify alter amend adjust correct switch
create open register registration signup sign_up enroll enrol join set_up setup start
close delete remove erase deactivate terminate get_rid
add include insert attach link connect
login log_in sign_in signin log_on access
logout log_out sign_out
password passcode pin code passphrase
reset recover restore forgot forget forgotten
account profile membership login
verify verification confirm confirmation prove proof validate authenticate identity identification id
block freeze lock hold suspend blocked frozen locked disable
unblock unfreeze unlock reactivate reinstate reopen
activate enable turn_on switch_on activation
deactivate disable turn_off switch_off
phone mobile telephone cellphone smartphone cell
call ring contact reach speak talk phone
email mail e_mail inbox
address street postcode zip home
person human agent representative advisor operator someone staff employee
help support assist assistance service
store shop branch outlet showroom location office
near nearby nearest closest close
open opening hours closing times schedule
bill invoice receipt statement
card debit credit visa mastercard
cash money funds banknotes coins dollars pounds euros
bank banking
balance funds available_money
transfer send wire remit move
deposit top_up topup topping_up add_money load credit
withdraw withdrawal take_out atm cash_machine cashpoint
decline declined reject rejected refuse refused denied not_accepted
limit maximum max minimum cap restriction restricted allowed
discount offer coupon voucher promo promotion deal sale code rebate
gift present
reward rewards points bonus loyalty cashback
warranty guarantee guaranteed
repair fix mend repairing
insurance insured coverage cover policy insure
claim claims
tax vat duty duties customs
size sizing dimensions length width height measurements big large small fit
colour color shade
weight weigh heavy kg
material fabric made made_of ingredients
stock available availability in_stock sold_out
compare comparison difference different better versus vs which
recommend recommendation suggest suggestion advice best
country countries abroad overseas international foreign worldwide internationally
travel trip travelling traveling vacation holiday journey
currency currencies dollars euros pounds
date day when deadline due
long duration time how_long until
age old minimum_age young child children kid kids
spouse wife husband partner
son daughter child dependent dependant
car vehicle auto automobile
house home apartment flat property
subscription subscribe plan membership
upgrade premium higher_tier
downgrade lower_tier
automatic automatically auto recurring autopay
instalment installment emi financing finance monthly
privacy data personal_information gdpr
safe secure security safety
fraud fraudulent scam unauthorised unauthorized suspicious hacked compromised recognise recognize unfamiliar
duplicate twice double two_times again
reserve reservation book booking appointment schedule
meeting appointment event
food meal eat dish
recipe cook cooking make prepare
hello hi hey greetings good_morning good_evening good_afternoon howdy
bye goodbye farewell see_you later
thanks thank_you thank appreciate
review rating feedback opinion complaint complain
website site webpage page online
app application software
download install installation
device phone computer tablet
picture photo image
message text sms
document paperwork form certificate
name surname called
apply application applying request
quote estimate quotation
renew renewal extend extension
expire expiry expiration expired expires
new another second additional extra more
old previous earlier former
quick fast quickly soon urgent immediately express rush
free complimentary no_cost gratis
company business firm brand
job work career employment
show list see view display check look find
explain tell describe meaning mean means
music song playlist tune
alarm reminder timer remind
lights light lamp
weather rain forecast temperature
`;

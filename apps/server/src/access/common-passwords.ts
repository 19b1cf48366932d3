/**
 * Folded to letters and digits: the passwords and stems that lead published leak statistics, as far as they can
 * reach twelve characters with digits or doubling.
 */
export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `password passw0rd password1 password123 password1234 password12345 passwordpassword mypassword newpassword changeme changemeplease
  changeit letmein letmeinnow welcome welcome1 welcome123 welcometo administrator adminadmin admin administrator1 root rootroot toor
  qwerty qwertyuiop qwertyuiop1 qwertyuiopasdf qwertyqwerty qwerty123 qwerty12345 qwertz qwertzuiop azerty azertyuiop asdfghjkl
  asdfghjklzxc asdfasdf zxcvbnm zxcvbnm123 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc qazwsxedc qazwsxedcrfv zaq12wsx
  123456789012 1234567890 12345678910 0123456789 0987654321 123123123123 111111111111 123456123456 12341234 abcdefghijkl abc123456789
  abcdef abcd1234 iloveyou iloveyou1 iloveyousomuch ilovemyself sunshine princess football baseball basketball superman batman
  spiderman dragon monkey shadow master michael jennifer jordan hunter trustno1 trustnoone starwars pokemon whatever liverpool
  liverpoolfc manchesterunited chelsea arsenal barcelona realmadrid computer internet samsung google facebook instagram linkedin
  microsoft windows support supportsupport helpdesk customerservice customersupport stepdown stepdownstepdown secret topsecret
  supersecret secretpassword correcthorsebatterystaple thisisapassword thisismypassword letmeinplease openSesame opensesame
  summer winter spring autumn summer2024 summer2025 summer2026 winter2024 winter2025 winter2026 company companyname test testtest
  testing testpassword default guest guestguest user useruser login loginlogin demo demodemo passwort passwort123 geheim hallo
  hallohallo schatz motdepasse bonjour soleil doudou contraseña teamo senha senha123 brasil flamengo`.split(/\s+/),
);

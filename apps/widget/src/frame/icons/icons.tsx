import { icon } from './icon.tsx';

export const CloseIcon = icon(<path d="m6 6 12 12M18 6 6 18" />);
export const SendIcon = icon(<path d="M12 19V5m-6 6 6-6 6 6" strokeWidth="2" />);
export const StopIcon = icon(<rect x="7" y="7" width="10" height="10" rx="2" fill="currentColor" />);
export const PersonIcon = icon(<path d="M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7.5 8c.8-3.4 3.8-5 7.5-5s6.7 1.6 7.5 5" />);
export const SparkIcon = icon(<path d="M12 3.5c.8 5 2.5 6.7 8 8.5-5.5 1.8-7.2 3.5-8 8.5-.8-5-2.5-6.7-8-8.5 5.5-1.8 7.2-3.5 8-8.5Z" />);
export const BookIcon = icon(<path d="M12 6.5C10 5 7 4.5 4 4.5v13c3 0 6 .5 8 2 2-1.5 5-2 8-2v-13c-3 0-6 .5-8 2Zm0 0v13" />);
export const ClockIcon = icon(<path d="M12 7.5V12l3 2m6-2a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z" />);
export const ArrowDownIcon = icon(<path d="M12 5v14m-6-6 6 6 6-6" />);
export const ChevronIcon = icon(<path d="m9 6 6 6-6 6" />);

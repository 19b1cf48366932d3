import { icon } from './icon.tsx';

// Of the answer kit alone, so that the first open does not carry them.
export const MoreIcon = icon(<path d="M5 12h.01M12 12h.01M19 12h.01" strokeWidth="2.5" />);
export const UpIcon = icon(
  <path d="M8 11v9H4.5v-9H8Zm0 0 3.5-7c1.5 0 2.5 1 2.5 2.5V10h4.5c1.3 0 2.2 1.2 1.9 2.4l-1.3 6A2 2 0 0 1 17.2 20H8" />,
);
export const DownIcon = icon(
  <path d="M16 13V4h3.5v9H16Zm0 0-3.5 7c-1.5 0-2.5-1-2.5-2.5V14H5.5a2 2 0 0 1-1.9-2.4l1.3-6A2 2 0 0 1 6.8 4H16" />,
);
export const CopyIcon = icon(<path d="M9 9h11v11H9zM5 15H4V4h11v1" />);
export const CheckIcon = icon(<path d="m5 12.5 4.5 4.5L19 7.5" />);
export const DownloadIcon = icon(<path d="M12 4v11m-5-4.5 5 5 5-5M5 20h14" />);
export const SoundIcon = icon(<path d="M4 9.5v5h3.5l4.5 4v-13l-4.5 4H4Zm11.5-1a5 5 0 0 1 0 7m2.5-9.5a9 9 0 0 1 0 12" />);
export const StarIcon = icon(<path d="m12 4 2.4 5.2 5.6.7-4.2 3.9 1.1 5.7-4.9-2.8-4.9 2.8 1.1-5.7L4 9.9l5.6-.7L12 4Z" />);

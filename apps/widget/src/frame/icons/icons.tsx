import type { ReactNode } from 'react';

/** One grid of 24, one stroke of 1.75, round ends; decoration only, the control they stand in carries the name. */
function icon(drawing: ReactNode) {
  return function Icon({ size = 20 }: { readonly size?: number }) {
    return (
      <svg
        aria-hidden="true"
        width={size}
        height={size}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        {drawing}
      </svg>
    );
  };
}

export const CloseIcon = icon(<path d="m6 6 12 12M18 6 6 18" />);
export const MoreIcon = icon(<path d="M5 12h.01M12 12h.01M19 12h.01" strokeWidth="2.5" />);
export const SendIcon = icon(<path d="M12 19V5m-6 6 6-6 6 6" strokeWidth="2" />);
export const StopIcon = icon(<rect x="7" y="7" width="10" height="10" rx="2" fill="currentColor" />);
export const PersonIcon = icon(<path d="M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7.5 8c.8-3.4 3.8-5 7.5-5s6.7 1.6 7.5 5" />);
export const SparkIcon = icon(<path d="M12 3.5c.8 5 2.5 6.7 8 8.5-5.5 1.8-7.2 3.5-8 8.5-.8-5-2.5-6.7-8-8.5 5.5-1.8 7.2-3.5 8-8.5Z" />);
export const BookIcon = icon(<path d="M12 6.5C10 5 7 4.5 4 4.5v13c3 0 6 .5 8 2 2-1.5 5-2 8-2v-13c-3 0-6 .5-8 2Zm0 0v13" />);
export const UpIcon = icon(
  <path d="M8 11v9H4.5v-9H8Zm0 0 3.5-7c1.5 0 2.5 1 2.5 2.5V10h4.5c1.3 0 2.2 1.2 1.9 2.4l-1.3 6A2 2 0 0 1 17.2 20H8" />,
);
export const DownIcon = icon(
  <path d="M16 13V4h3.5v9H16Zm0 0-3.5 7c-1.5 0-2.5-1-2.5-2.5V14H5.5a2 2 0 0 1-1.9-2.4l1.3-6A2 2 0 0 1 6.8 4H16" />,
);
export const CopyIcon = icon(<path d="M9 9h11v11H9zM5 15H4V4h11v1" />);
export const CheckIcon = icon(<path d="m5 12.5 4.5 4.5L19 7.5" />);
export const ClockIcon = icon(<path d="M12 7.5V12l3 2m6-2a9 9 0 1 1-18 0 9 9 0 0 1 18 0Z" />);
export const ArrowDownIcon = icon(<path d="M12 5v14m-6-6 6 6 6-6" />);
export const DownloadIcon = icon(<path d="M12 4v11m-5-4.5 5 5 5-5M5 20h14" />);
export const SoundIcon = icon(<path d="M4 9.5v5h3.5l4.5 4v-13l-4.5 4H4Zm11.5-1a5 5 0 0 1 0 7m2.5-9.5a9 9 0 0 1 0 12" />);
export const ChevronIcon = icon(<path d="m9 6 6 6-6 6" />);

import type { ReactNode } from 'react';

/** One grid of 24, one stroke, round ends; decoration only, the control they stand in carries the name. */
function icon(drawing: ReactNode) {
  return function Icon({ size = 18 }: { readonly size?: number }) {
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

export const InboxIcon = icon(
  <path d="M4 13.5 6.2 5.6A1.5 1.5 0 0 1 7.6 4.5h8.8c.7 0 1.3.5 1.4 1.1l2.2 7.9m-16 0V18a1.5 1.5 0 0 0 1.5 1.5h13A1.5 1.5 0 0 0 20 18v-4.5m-16 0h4.5a3.5 3.5 0 0 0 7 0H20" />,
);
export const StairsIcon = icon(<path d="M4 6h5v4.5h4.5V15H18v4.5h2.5" strokeWidth="2" />);
export const BookIcon = icon(<path d="M12 6.5C10 5 7 4.5 4 4.5v13c3 0 6 .5 8 2 2-1.5 5-2 8-2v-13c-3 0-6 .5-8 2Zm0 0v13" />);
export const TeamIcon = icon(
  <path d="M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6 8c.5-3.2 3-5 6-5s5.5 1.8 6 5M15.5 4.8a3.5 3.5 0 0 1 0 6.4M18 14.9c1.7.7 2.8 2.3 3.1 4.6" />,
);
export const SettingsIcon = icon(
  <path d="M4 7h9m4 0h3M4 17h3m4 0h9M13 7a2 2 0 1 0 4 0 2 2 0 0 0-4 0ZM7 17a2 2 0 1 0 4 0 2 2 0 0 0-4 0Z" />,
);
export const ReportIcon = icon(<path d="M5 4.5v15h15M9 16v-4m4 4V8m4 8v-6" />);
export const LabelIcon = icon(
  <path d="M4 5.5v5.8c0 .5.2.9.5 1.2l7 7a1.7 1.7 0 0 0 2.4 0l5.6-5.6a1.7 1.7 0 0 0 0-2.4l-7-7A1.7 1.7 0 0 0 11.3 4H5.5A1.5 1.5 0 0 0 4 5.5Zm4.5 3h.01" />,
);
export const ClockIcon = icon(<path d="M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16Zm0-12.5V12l3 2" />);
export const FilterIcon = icon(<path d="M4 6.5h16M7.5 12h9m-6 5.5h3" />);
export const SparkIcon = icon(<path d="M12 4l1.8 5.2L19 11l-5.2 1.8L12 18l-1.8-5.2L5 11l5.2-1.8L12 4Zm6.5 12v4m-2-2h4" />);
export const AssignIcon = icon(
  <path d="M10 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6.5 8c.6-3.2 3.3-5 6.5-5 1.2 0 2.3.2 3.3.7M15 18.5h6m-2.5-2.5 2.5 2.5-2.5 2.5" />,
);
export const ParkIcon = icon(<path d="M8.5 19V5h4.25a4.25 4.25 0 0 1 0 8.5H8.5" />);
export const SearchIcon = icon(<path d="m20 20-4.2-4.2M11 17.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Z" />);
export const PersonIcon = icon(<path d="M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7.5 8c.8-3.4 3.8-5 7.5-5s6.7 1.6 7.5 5" />);
export const HandIcon = icon(
  <path d="M4 12.5V17a3.5 3.5 0 0 0 3.5 3.5H12a6 6 0 0 0 4.7-2.3l3.6-4.7c.6-.8.4-1.9-.4-2.4-.7-.4-1.6-.3-2.2.3L16 13V6a1.5 1.5 0 0 0-3 0v5-6.5a1.5 1.5 0 0 0-3 0V11 6a1.5 1.5 0 0 0-3 0v7" />,
);
export const ReturnIcon = icon(<path d="M9 7 4.5 11.5 9 16m-4.5-4.5H15a4.5 4.5 0 0 1 4.5 4.5v2" />);
export const CheckIcon = icon(<path d="m5 12.5 4.5 4.5L19 7.5" />);
export const CloseIcon = icon(<path d="m6 6 12 12M18 6 6 18" />);
export const BackIcon = icon(<path d="m15 5-7 7 7 7" />);
export const ChevronIcon = icon(<path d="m9 6 6 6-6 6" />);
export const DownloadIcon = icon(<path d="M12 4v11m-5-4.5 5 5 5-5M5 20h14" />);
export const PanelIcon = icon(
  <path d="M4.5 5h15A1.5 1.5 0 0 1 21 6.5v11a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17.5v-11A1.5 1.5 0 0 1 4.5 5ZM15 5v14" />,
);
export const NoteIcon = icon(
  <path d="M6 4h12a1.5 1.5 0 0 1 1.5 1.5V14L14 19.5H6A1.5 1.5 0 0 1 4.5 18V5.5A1.5 1.5 0 0 1 6 4Zm8 15.5V14h5.5M8.5 9h7m-7 3.5H12" />,
);
export const ReplyIcon = icon(<path d="M20 12a7.5 7.5 0 0 1-7.5 7.5c-1.3 0-2.5-.3-3.6-.9L4 20l1.4-4.5A7.5 7.5 0 1 1 20 12Z" />);
export const AlertIcon = icon(
  <path d="M12 8.5v4.5m0 3.5h.01M10.3 4.4 3 17a2 2 0 0 0 1.7 3h14.6a2 2 0 0 0 1.7-3L13.7 4.4a2 2 0 0 0-3.4 0Z" />,
);
export const CopyIcon = icon(<path d="M9 9h11v11H9zM5 15H4V4h11v1" />);
export const LockIcon = icon(
  <path d="M7 11V8a5 5 0 0 1 10 0v3m-10.5 0h11A1.5 1.5 0 0 1 19 12.5v6a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 18.5v-6A1.5 1.5 0 0 1 6.5 11Z" />,
);
export const LeaveIcon = icon(<path d="M14 4.5h4A1.5 1.5 0 0 1 19.5 6v12a1.5 1.5 0 0 1-1.5 1.5h-4M10 8l-4 4 4 4m-4-4h9" />);
export const ThumbUpIcon = icon(
  <path d="M8 11v9H4.5v-9H8Zm0 0 3.5-7c1.5 0 2.5 1 2.5 2.5V10h4.5c1.3 0 2.2 1.2 1.9 2.4l-1.3 6A2 2 0 0 1 17.2 20H8" />,
);
export const ThumbDownIcon = icon(
  <path d="M16 13V4h3.5v9H16Zm0 0-3.5 7c-1.5 0-2.5-1-2.5-2.5V14H5.5a2 2 0 0 1-1.9-2.4l1.3-6A2 2 0 0 1 6.8 4H16" />,
);
export const BoltIcon = icon(<path d="M13 3 5 13.5h6L10.5 21 19 10.5h-6L13 3Z" />);

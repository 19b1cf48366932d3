import type { InboxConversation, Label, TeamMember } from '@stepdown/protocol';
import { LabelDot } from '../parts/label-chip.tsx';
import type { MenuItem } from '../parts/menu.tsx';
import { snoozeTimes } from './snooze-times.ts';
import { dayAndTime } from './times.ts';

/** Labels to put on or take off; one is on when every conversation of the choice has it. */
export function labelItems(
  labels: readonly Label[],
  chosen: readonly Pick<InboxConversation, 'labels'>[],
  onChange: (labelId: string, isOn: boolean) => void,
): readonly MenuItem[] {
  return labels.map((label) => {
    const isChecked = chosen.length > 0 && chosen.every((each) => each.labels.some(({ id }) => id === label.id));
    return {
      key: label.id,
      label: (
        <>
          <LabelDot colour={label.colour} />
          <bdi>{label.name}</bdi>
        </>
      ),
      isChecked,
      onChoose: () => onChange(label.id, !isChecked),
    };
  });
}

export function snoozeItems(now: number, onSnooze: (until: number) => void): readonly MenuItem[] {
  return snoozeTimes(now).map(({ label, until }) => ({ key: label, label, detail: dayAndTime(until), onChoose: () => onSnooze(until) }));
}

/** Who can be given a conversation, the ones at their desks first. */
export function assignItems(team: readonly TeamMember[], myId: string, onAssign: (member: TeamMember) => void): readonly MenuItem[] {
  const able = team.filter(({ role }) => role !== 'viewer');
  const nearness = (member: TeamMember) => (member.id === myId ? 0 : presenceOf(member) === 'online' ? 1 : 2);
  return [...able]
    .sort((left, right) => nearness(left) - nearness(right) || left.name.localeCompare(right.name))
    .map((member) => ({
      key: member.id,
      label: <bdi>{member.id === myId ? `${member.name} (you)` : member.name}</bdi>,
      detail: `${presenceOf(member)}, ${member.openCount} open`,
      onChoose: () => onAssign(member),
    }));
}

export function presenceOf({ isOnline, isAway }: Pick<TeamMember, 'isOnline' | 'isAway'>): 'online' | 'away' | 'offline' {
  if (!isOnline) return 'offline';
  return isAway ? 'away' : 'online';
}

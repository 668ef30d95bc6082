import { randomUUID } from "node:crypto";
import { creatorChoices } from "@/app/creator-choices";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { AgencyMember } from "@/db/agency-members";
import { MAX_ROSTER_SCHEDULES, type RosterSchedule } from "@/db/roster-schedules";
import { instant } from "@/lib/format";
import { paths } from "@/lib/paths";
import { RemoveSchedule, RosterScheduleForm, type RosterScheduleFormProps } from "./schedule-form";

type ScheduleListProps = {
  agencyId: string;
  isAdmin: boolean;
  locale: string;
  userId: string;
  schedules: readonly RosterSchedule[];
  people: readonly AgencyMember[];
  /** the one whose form is open */
  changed: RosterSchedule | undefined;
};

/** The schedules of an agency; for admins, with what changes them. */
export function ScheduleList(props: ScheduleListProps) {
  const { agencyId, isAdmin, locale, schedules, people, changed } = props;
  if (!isAdmin && schedules.length === 0) return null;
  return (
    <>
      {schedules.map((schedule) => (
        <Card
          key={schedule.id}
          title={`Every month on day ${schedule.day} at ${String(schedule.hour).padStart(2, "0")}:00`}
          note={noteOf(schedule, people, locale)}
          flush={schedule.id !== changed?.id}
          actions={
            isAdmin && (
              <>
                {schedule.id === changed?.id ? (
                  <ButtonLink href={paths.rosterStatements(agencyId)} size="sm" variant="quiet">
                    Leave it as it is
                  </ButtonLink>
                ) : (
                  <ButtonLink
                    href={`${paths.rosterStatements(agencyId)}?change=${schedule.id}`}
                    size="sm"
                    variant="quiet"
                  >
                    Change
                  </ButtonLink>
                )}
                <RemoveSchedule agencyId={agencyId} id={schedule.id} version={schedule.version} />
              </>
            )
          }
        >
          {isAdmin && schedule.id === changed?.id && (
            <RosterScheduleForm
              key={schedule.version}
              {...formOf(props, schedule)}
              id={schedule.id}
              version={schedule.version}
            />
          )}
        </Card>
      ))}
      {isAdmin && !changed && schedules.length < MAX_ROSTER_SCHEDULES && (
        <Card
          title={schedules.length === 0 ? "Make them every month by themselves" : "Another schedule"}
          note="Each person chosen gets a run with what they may see, and a mail when its zip is ready."
        >
          <RosterScheduleForm {...formOf(props, null)} id={randomUUID()} version={null} />
        </Card>
      )}
    </>
  );
}

function formOf(
  { agencyId, locale, people, userId }: ScheduleListProps,
  schedule: RosterSchedule | null,
): Omit<RosterScheduleFormProps, "id" | "version"> {
  const { day, hour, timeZone, attachments } = schedule ?? {
    ...{ day: 5, hour: 8, timeZone: "UTC", attachments: ["pdf", "xlsx"] },
  };
  const chosen = schedule?.people ?? [userId];
  return {
    agencyId,
    defaults: {
      ...{ day: String(day), hour: String(hour), timeZone },
      ...{ pdf: attachments.includes("pdf"), xlsx: attachments.includes("xlsx") },
    },
    timeZones: creatorChoices(locale, timeZone).timeZones,
    people: people.map((person) => ({
      ...{ id: person.userId, label: `${person.name} (${person.email})` },
      isOn: chosen.includes(person.userId),
    })),
  };
}

/** "Next on 5 Dec 2026, 08:00 (UTC). To Kit Ledger, Mira." */
function noteOf(
  { nextAt, timeZone, people }: RosterSchedule,
  members: readonly AgencyMember[],
  locale: string,
) {
  const names = members.filter(({ userId }) => people.includes(userId)).map(({ name }) => name);
  const next = nextAt
    ? `Next on ${instant(nextAt, locale, timeZone)} (${timeZone.replaceAll("_", " ")}). `
    : "";
  return `${next}${names.length === 0 ? "Nobody gets it: all who did have left." : `To ${names.join(", ")}.`}`;
}

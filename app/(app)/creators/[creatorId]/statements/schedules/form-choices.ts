import "server-only";
import { creatorChoices } from "@/app/creator-choices";
import type { Schedule } from "@/db/statement-schedules";
import { LOCALES } from "@/lib/locale";
import { STATEMENT_FORMATS } from "@/lib/model/statement";
import { STATEMENT_SECTION_LABEL, STATEMENT_SECTIONS } from "@/lib/report/statement";
import { STATEMENT_FORMAT_LABEL } from "@/lib/server/statement-files";
import { attachmentName, sectionName } from "./input";
import type { ScheduleFormProps } from "./schedule-form";
import { weekdayName } from "./schedule-words";

/** What the form of a schedule offers and begins with: the schedule that is changed, or a new one. */
export function formOf(
  schedule: Schedule | null,
  timeZone: string,
  locale: string,
): Omit<ScheduleFormProps, "creatorId" | "id" | "version"> {
  const { pace, day, hour } = schedule ?? { pace: "month", day: 5, hour: 8 };
  const inUse = schedule?.timeZone ?? timeZone;
  const days = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  return {
    defaults: {
      when: `${pace}-${day}`,
      hour: String(hour),
      timeZone: inUse,
      locale: schedule?.locale ?? locale,
      note: schedule?.note ?? "",
    },
    times: [
      {
        label: "Every month",
        options: days(28).map((each) => ({ value: `month-${each}`, label: `Monthly, on day ${each}` })),
      },
      {
        label: "Every week",
        options: days(7).map((each) => ({ value: `week-${each}`, label: `Weekly, on ${weekdayName(each)}` })),
      },
    ],
    hours: Array.from({ length: 24 }, (_, each) => ({
      ...{ value: String(each), label: `${String(each).padStart(2, "0")}:00` },
    })),
    timeZones: creatorChoices(locale, inUse).timeZones,
    locales: LOCALES.map(({ code, label }) => ({ value: code, label })),
    attachments: STATEMENT_FORMATS.map((attachment) => ({
      name: attachmentName(attachment),
      label: STATEMENT_FORMAT_LABEL[attachment],
      isOn: schedule ? schedule.attachments.includes(attachment) : attachment === "pdf",
    })),
    sections: STATEMENT_SECTIONS.map((section) => ({
      name: sectionName(section),
      label: STATEMENT_SECTION_LABEL[section],
      isOn: schedule?.sections?.includes(section) ?? true,
    })),
  };
}

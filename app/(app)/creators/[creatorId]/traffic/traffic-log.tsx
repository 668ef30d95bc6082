import { Card } from "@/components/ui/card";
import { Segments } from "@/components/ui/tabs";
import { ReadingForm } from "../reading-form";
import { type TrafficChoices, type TrafficDefaults, TrafficForm } from "./traffic-form";

type TrafficLogProps = {
  creatorId: string;
  initialId: string;
  today: string;
  isSoFar: boolean;
  soFarHref: string;
  periodHref: string;
  defaults: TrafficDefaults;
  choices: TrafficChoices;
  autoFocus?: boolean;
};

/** The two ways to say how much was watched: of a period, or so far. */
export function TrafficLog({
  creatorId,
  initialId,
  today,
  isSoFar,
  soFarHref,
  periodHref,
  defaults,
  choices,
  autoFocus,
}: TrafficLogProps) {
  return (
    <Card
      title="Log views"
      note={
        isSoFar
          ? "The number the platform shows today. Two of them make the views of the days between."
          : "What was watched in a month, on a day, or in a period."
      }
      actions={
        <Segments
          label="How to log"
          tabs={[
            { href: periodHref, label: "Of a period", current: !isSoFar },
            { href: soFarHref, label: "So far", current: isSoFar },
          ]}
        />
      }
    >
      {isSoFar ? (
        <ReadingForm
          creatorId={creatorId}
          initialId={initialId}
          today={today}
          channel={{ options: choices.channels, chosen: defaults.channelId }}
        />
      ) : (
        <TrafficForm
          creatorId={creatorId}
          initialId={initialId}
          defaults={defaults}
          choices={choices}
          {...(autoFocus && { autoFocus })}
        />
      )}
    </Card>
  );
}

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { count, dayName } from "@/lib/format";
import { BARRED_REASON, type Limit } from "@/lib/model/eligibility";
import type { Meter } from "@/lib/model/eligibility-meter";
import { ACCOUNT_TYPE_LABEL, type AccountType, MEASURE_LABEL } from "@/lib/model/eligibility-programmes";
import type { Reach } from "@/lib/model/eligibility-reach";

type MeterCardProps = {
  meter: Meter;
  locale: string;
  /** Where the rule is the creator's own: the form that takes it back, and its id. */
  own: { form: string; ruleId: string } | null;
};

/** One programme for one channel: each threshold with what is there, what is missing, and when it may be met. */
export function MeterCard({
  meter: { channelName, programme, now, limits, ways },
  locale,
  own,
}: MeterCardProps) {
  return (
    <Card
      title={programme.name}
      note={channelName}
      actions={
        <>
          <StatusBadge now={now} />
          {own && (
            <Button
              type="submit"
              form={own.form}
              name="entryId"
              value={own.ruleId}
              size="sm"
              variant="quiet"
              aria-label={`Remove your rule of ${programme.name}`}
            >
              Remove your rule
            </Button>
          )}
        </>
      }
    >
      <div className="grid gap-5">
        {limits.map((limit) => (
          <LimitLine key={limit.what} limit={limit} />
        ))}
        {ways.map((way, index) => (
          <div key={way.map(({ measure }) => measure).join(" ")} className="grid gap-4">
            {index > 0 && <p className="text-sm text-muted">Or:</p>}
            {way.map(({ measure, needed, has, day, isMet, reach }) => (
              <div key={measure}>
                <Progress
                  label={capital(MEASURE_LABEL[measure])}
                  value={has === null ? 0 : Math.min(1, has / needed)}
                  note={
                    has === null
                      ? `Not known; ${count(needed, locale)} needed`
                      : `${count(Math.floor(has), locale)} of ${count(needed, locale)}`
                  }
                />
                <p className="mt-1 text-sm text-muted">
                  {isMet === false && has !== null && `${count(Math.ceil(needed - has), locale)} to go. `}
                  {day && `As of ${dayName(day, locale)}. `}
                  {isMet !== true && reach && reachText(reach, locale)}
                </p>
              </div>
            ))}
          </div>
        ))}
        <p className="text-sm text-muted wrap-anywhere">
          {programme.from && `Since ${dayName(programme.from, locale)}. `}
          Source: {programme.source}
          {programme.date && programme.date !== programme.from && `, ${programme.date}`}
          {programme.grade !== "judgement" && ` (grade ${programme.grade})`}
        </p>
      </div>
    </Card>
  );
}

function StatusBadge({ now }: Pick<Meter, "now">) {
  if (now.status === "eligible") return <Badge tone="good">Open to you</Badge>;
  if (now.status === "unknown") return <Badge>Not all is known</Badge>;
  return <Badge tone="warn">{now.barred ? "Not open to you" : "Not yet"}</Badge>;
}

function LimitLine({ limit: { what, allowed, has } }: { limit: Limit }) {
  const names = allowed
    .map((each) => (what === "account_type" ? ACCOUNT_TYPE_LABEL[each as AccountType].toLowerCase() : each))
    .join(", ");
  const label = what === "country" ? `Only in ${names}` : `Only for a ${names}`;
  if (has === null) return <p className="text-sm text-muted">{label}; yours is not known.</p>;
  if (allowed.includes(has)) return <p className="text-sm text-muted">{label}: met.</p>;
  return (
    <p className="text-sm">
      {label}: {BARRED_REASON[what]}.
    </p>
  );
}

/** When a threshold may be met, with how sure that is. */
function reachText(reach: Reach, locale: string): string {
  switch (reach.status) {
    case "reached":
      return `Met since ${dayName(reach.day, locale)}.`;
    case "too_few":
      return reach.known === 0
        ? "No readings yet: log some to see when it may be met."
        : "Too few readings to say when: four over three weeks are enough.";
    case "not_within":
      return reach.early
        ? `As it grows now, not within two years; ${dayName(reach.early, locale)} at the earliest.`
        : "As it grows now, not within two years.";
    case "projected": {
      const until = reach.late ? `and ${dayName(reach.late, locale)}` : "and beyond two years";
      return `As it grows now, around ${dayName(reach.likely, locale)}; 8 in 10 times between ${dayName(reach.early, locale)} ${until}.`;
    }
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

import { Users } from "lucide";
import { Badge } from "@/components/ui/badge";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CheckboxField } from "@/components/ui/checkbox";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import type { Represented } from "@/db/representations";
import type { Tag } from "@/db/tags";

type PickerProps = {
  path: string;
  /** where creators are asked; null for who may not */
  askPath: string | null;
  roster: readonly Represented[];
  tags: readonly Tag[];
  tagsOf: (creatorId: string) => readonly Tag[];
};

/** The roster by name, to be chosen from; the address holds the choice. */
export function Picker({ path, askPath, roster, tags, tagsOf }: PickerProps) {
  if (roster.length === 0) {
    return (
      <EmptyState
        title="No creator yet"
        icon={<Icon of={Users} />}
        actions={
          askPath && (
            <ButtonLink href={askPath} variant="primary">
              Ask a creator
            </ButtonLink>
          )
        }
      >
        Creators who accepted to be represented can be chosen here.
      </EmptyState>
    );
  }
  return (
    <Card
      title="Choose creators"
      actions={
        <>
          <ButtonLink href={`${path}?all=yes`} size="sm">
            All {roster.length}
          </ButtonLink>
          {tags.map(({ id, name }) => (
            <ButtonLink key={id} href={`${path}?tag=${id}`} size="sm" variant="quiet">
              Tagged {name}
            </ButtonLink>
          ))}
        </>
      }
    >
      <form action={path} className="grid gap-5">
        <ul className="grid max-h-96 gap-x-6 gap-y-1 overflow-y-auto sm:grid-cols-2 lg:grid-cols-3">
          {roster.map(({ creatorId, creatorName }) => (
            <li key={creatorId}>
              <CheckboxField
                name="creatorIds"
                id={`choose-${creatorId}`}
                value={creatorId}
                label={
                  <span className="inline-flex flex-wrap items-center gap-1.5 wrap-anywhere">
                    {creatorName}
                    {tagsOf(creatorId).map(({ id, name, colour }) => (
                      <Badge key={id} tone={colour}>
                        {name}
                      </Badge>
                    ))}
                  </span>
                }
              />
            </li>
          ))}
        </ul>
        <div>
          <Button type="submit" variant="primary">
            Go on with the chosen
          </Button>
        </div>
      </form>
    </Card>
  );
}

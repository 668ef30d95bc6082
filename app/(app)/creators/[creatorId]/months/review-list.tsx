import { CircleCheck, TriangleAlert } from "lucide";
import type { Route } from "next";
import Link from "next/link";
import { Icon } from "@/components/ui/icon";

export type ShownRemark = { title: string; sentence: string; path: string; fix: string };

/** What to look at before closing, each with the page where it is put right. */
export function ReviewList({ remarks }: { remarks: readonly ShownRemark[] }) {
  if (remarks.length === 0) {
    return (
      <p className="flex items-center gap-2 text-sm">
        <Icon of={CircleCheck} className="size-4 shrink-0 text-good" />
        Nothing needs a look: every stream that usually pays is here, final and in line with what was
        expected.
      </p>
    );
  }
  return (
    <ul aria-label="To look at before closing" className="grid gap-4">
      {remarks.map(({ title, sentence, path, fix }) => (
        <li key={`${title} ${path}`} className="flex gap-2.5 text-sm">
          <Icon of={TriangleAlert} className="mt-0.5 size-4 shrink-0 text-warn" />
          <div className="flex min-w-0 flex-1 flex-wrap justify-between gap-x-6 gap-y-0.5">
            <div className="min-w-0 sm:flex-1">
              <p className="font-medium wrap-anywhere">{title}</p>
              <p className="max-w-prose text-muted wrap-anywhere">{sentence}</p>
            </div>
            <Link href={path as Route} className="link shrink-0" aria-label={`${fix}: ${title}`}>
              {fix}
            </Link>
          </div>
        </li>
      ))}
    </ul>
  );
}

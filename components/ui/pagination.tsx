import { ChevronLeft, ChevronRight } from "lucide";
import { ButtonLink, buttonClass } from "./button";
import { Icon } from "./icon";

type PaginationProps = {
  /** From 1. */
  page: number;
  pageSize: number;
  /** Rows in all; null when counting them all would be too dear: then `more` says whether there is a next page. */
  total: number | null;
  more?: boolean;
  href: (page: number) => string;
  /** "1–50 of 1,234 payouts", formatted by the page. */
  label: string;
};

/** Previous and next as plain links; the URL owns the page. Nothing when all fits on one. */
export function Pagination({ page, pageSize, total, more = false, href, label }: PaginationProps) {
  const hasNext = total === null ? more : page * pageSize < total;
  return (
    <nav aria-label="Pages" className="flex items-center justify-between gap-4 px-4 py-3 text-sm text-muted">
      <p className="figures">{label}</p>
      {(page > 1 || hasNext) && (
        <div className="flex gap-2">
          <Step href={page > 1 ? href(page - 1) : null} label="Previous" back />
          <Step href={hasNext ? href(page + 1) : null} label="Next" />
        </div>
      )}
    </nav>
  );
}

function Step({ href, label, back = false }: { href: string | null; label: string; back?: boolean }) {
  const content = (
    <>
      {back && <Icon of={ChevronLeft} />}
      {label}
      {!back && <Icon of={ChevronRight} />}
    </>
  );
  if (href)
    return (
      <ButtonLink href={href} size="sm">
        {content}
      </ButtonLink>
    );
  return (
    <span className={`${buttonClass("secondary", "sm")} opacity-50`} aria-disabled="true">
      {content}
    </span>
  );
}

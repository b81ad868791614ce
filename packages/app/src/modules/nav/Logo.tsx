/** The mark: an M whose corners are workloads and whose strokes are the links between them. */
export const LogoMark = ({ size = 28 }: { size?: number }) => (
  <svg
    width={size}
    height={size}
    viewBox="0 0 32 32"
    role="img"
    aria-label="Meshway"
  >
    <path
      d="M6 26V7l10 11L26 7v19"
      fill="none"
      stroke="currentColor"
      strokeWidth="3"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
    {[
      [6, 26],
      [6, 7],
      [16, 18],
      [26, 7],
      [26, 26],
    ].map(([x, y]) => (
      <circle key={`${x}-${y}`} cx={x} cy={y} r="3.6" fill="currentColor" />
    ))}
  </svg>
);

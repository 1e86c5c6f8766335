package hallows.log;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The name of a file in a partition's directory: twenty digits and what it is.
///
/// @param offset where it begins; of a snapshot, up to where it knows
/// @param kind what it is
record LogFileName(long offset, Kind kind) {
    private static final int DIGITS = 20;

    /// What a file is.
    enum Kind {
        /// The records.
        RECORDS(".log"),
        /// Where offsets are.
        OFFSET_INDEX(".index"),
        /// Where timestamps are.
        TIME_INDEX(".timeindex"),
        /// Aborted transactions; only where there are any.
        ABORTED_INDEX(".txnindex"),
        /// The state of the producers.
        SNAPSHOT(".snapshot");

        private final String suffix;

        Kind(String suffix) {
            this.suffix = suffix;
        }
    }

    @Override
    public String toString() {
        // Not by a format: a read that opens a file would spend a twentieth of its time on that.
        String digits = Long.toString(offset);
        return "0".repeat(DIGITS - digits.length()) + digits + kind.suffix;
    }

    /// What a name ends like, whether or not it begins with a number.
    static Optional<Kind> kindOf(String name) {
        for (Kind kind : Kind.values()) {
            if (name.endsWith(kind.suffix)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /// The number before the first dot, if there is one.
    static OptionalLong offsetOf(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? OptionalLong.empty() : Numbers.parse(name.substring(0, dot));
    }

    /// A name without what says that its file goes or has not come yet.
    static String bare(String name) {
        for (String mark : List.of(".deleted", ".cleaned", ".swap")) {
            if (name.endsWith(mark)) {
                return name.substring(0, name.length() - mark.length());
            }
        }
        return name;
    }
}

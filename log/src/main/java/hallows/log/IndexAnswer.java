package hallows.log;

import hallows.runtime.Fault;

/// What an index says to a question.
sealed interface IndexAnswer {
    /// This entry.
    ///
    /// @param entry what was asked for
    record Found(IndexEntry entry) implements IndexAnswer {}

    /// There is no such entry.
    record None() implements IndexAnswer {}

    /// It is in the file; ask `block` in a blocking job.
    ///
    /// @param block what to read and how to go on
    record InFile(IndexBlock block) implements IndexAnswer {}

    /// The memory was given back. Ask `file` in a blocking job.
    ///
    /// @param file how to find it with nothing but the file
    record Asleep(IndexBisection file) implements IndexAnswer {}

    /// The index is not one: rebuild it from the segment.
    ///
    /// @param why what was seen, for the log of events
    record Damaged(String why) implements IndexAnswer {}

    /// The disk did not answer.
    ///
    /// @param fault what it said
    record Unreadable(Fault fault) implements IndexAnswer {}

    /// Whether it is still to be looked for in the file.
    default boolean isInFile() {
        return this instanceof InFile || this instanceof Asleep;
    }

    /// The answer, if it is in what was read of the file last.
    default IndexAnswer from(RecentBlocks blocks) {
        IndexEntry known =
                this instanceof Asleep(IndexBisection bisection)
                        ? blocks.answer(bisection.question(), bisection.count())
                        : null;
        return known == null ? this : new Found(known);
    }

    /// The answer, looked for in the file if it is there. Blocks.
    default IndexAnswer from(HeldFile file) {
        return switch (this) {
            case InFile(IndexBlock block) -> block.ask(file.file());
            case Asleep(IndexBisection bisection) -> bisection.ask(file);
            case Found _, None _, Damaged _, Unreadable _ -> this;
        };
    }
}

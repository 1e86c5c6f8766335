package hallows.simulation;

/// What was done to the names in directories.
sealed interface NameChange {
    /// What the name leads to.
    Entry entry();

    /// Whether a sync of `directory` keeps it.
    boolean touches(Directory directory);

    void apply(Directory.Side side);

    /// A name came.
    record Link(Directory in, String name, Entry entry) implements NameChange {
        @Override
        public boolean touches(Directory directory) {
            return in == directory;
        }

        @Override
        public void apply(Directory.Side side) {
            in.names(side).put(name, entry);
        }
    }

    /// A name went.
    record Unlink(Directory in, String name, Entry entry) implements NameChange {
        @Override
        public boolean touches(Directory directory) {
            return in == directory;
        }

        @Override
        public void apply(Directory.Side side) {
            in.names(side).remove(name, entry);
        }
    }

    /// A name moved, over whatever had the new name before.
    record Move(Name from, Name to, Entry entry) implements NameChange {
        @Override
        public boolean touches(Directory directory) {
            return from.in == directory || to.in == directory;
        }

        @Override
        public void apply(Directory.Side side) {
            from.in.names(side).remove(from.name, entry);
            to.in.names(side).put(to.name, entry);
        }
    }

    /// A place for an entry.
    record Name(Directory in, String name) {}
}

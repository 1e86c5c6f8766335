package hallows.simulation;

/// What was done to a file's content, in the order of its numbers.
sealed interface Change {
    /// Which it is, counted for each file.
    long number();

    void applyTo(Bytes bytes);

    /// Bytes were written.
    record Write(long number, long position, byte[] bytes) implements Change {
        @Override
        public void applyTo(Bytes content) {
            content.write(position, bytes);
        }
    }

    /// The size was set.
    record Cut(long number, long size) implements Change {
        @Override
        public void applyTo(Bytes content) {
            content.cut(size);
        }
    }
}

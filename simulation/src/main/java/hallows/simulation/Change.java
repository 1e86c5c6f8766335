package hallows.simulation;

import java.util.Arrays;

/// What was done to a file's content, in the order of its numbers.
sealed interface Change {
    /// Which it is, counted for each file.
    long number();

    void applyTo(Bytes content);

    /// Bytes were written.
    final class Write implements Change {
        private final long number;
        private final long position;
        private final byte[] bytes;

        /// The change owns `bytes` from now on.
        Write(long number, long position, byte[] bytes) {
            this.number = number;
            this.position = position;
            this.bytes = bytes;
        }

        @Override
        public long number() {
            return number;
        }

        @Override
        public void applyTo(Bytes content) {
            content.write(position, bytes);
        }

        long position() {
            return position;
        }

        int length() {
            return bytes.length;
        }

        /// The bytes `from` to before `to` of it, as if only they had been written.
        Write part(int from, int to) {
            return new Write(number, position + from, Arrays.copyOfRange(bytes, from, to));
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

package hallows.bench.floor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.util.zip.CRC32C;

/// What a request has done. Requests of one service are all of one length, so that nothing is cut
/// out or moved; answers begin with theirs.
sealed interface Service {
    /// The second number of a request that only has the file emptied.
    int ANEW = 1;

    /// How long a request is.
    int requestBytes();

    /// Whether who answers looks for the next request until it is there, instead of being woken.
    default boolean spins() {
        return false;
    }

    /// Answers one, and returns when all of it is with the host.
    ///
    /// @param request all of it, in native memory
    /// @param number how many were before it
    /// @param file which this client alone has; it is empty at first
    void serve(ByteBuffer request, long number, FileChannel file, SocketChannel client)
            throws IOException;

    private static void send(ByteBuffer answer, SocketChannel client) throws IOException {
        while (answer.hasRemaining()) {
            client.write(answer);
        }
    }

    private static ByteBuffer answer(int bytes, int inAll) {
        return ByteBuffer.allocate(bytes).putInt(0, inAll - Integer.BYTES);
    }

    /// Sends back what came.
    ///
    /// @param kept where it is before that
    /// @param spins whether who answers never sleeps
    record Echo(Kept kept, boolean spins) implements Service {
        /// Where bytes are.
        enum Kept {
            NOWHERE,
            IN_A_FILE,
            ON_DISK
        }

        @Override
        public int requestBytes() {
            return 170;
        }

        @Override
        public void serve(ByteBuffer request, long number, FileChannel file, SocketChannel client)
                throws IOException {
            if (kept != Kept.NOWHERE) {
                file.write(request);
                request.rewind();
            }
            if (kept == Kept.ON_DISK) {
                file.force(false);
            }
            send(request, client);
        }
    }

    /// Appends what came.
    ///
    /// @param checks whether its checksum is reckoned, and sent back
    record ToFile(boolean checks) implements Service {
        private static final int ANSWER_BYTES = 20;

        @Override
        public int requestBytes() {
            return 1 << 16;
        }

        @Override
        public void serve(ByteBuffer request, long number, FileChannel file, SocketChannel client)
                throws IOException {
            ByteBuffer answer = answer(ANSWER_BYTES, ANSWER_BYTES);
            if (checks) {
                CRC32C checksum = new CRC32C();
                checksum.update(request);
                request.rewind();
                answer.putInt(Integer.BYTES, (int) checksum.getValue());
            }
            if (request.getInt(Integer.BYTES) == ANEW) {
                file.truncate(0);
            } else {
                file.write(request);
            }
            send(answer, client);
        }
    }

    /// Sends pieces of a file that is in memory, one after the other and again.
    ///
    /// @param bytes of a piece
    record FromFile(int bytes) implements Service {
        private static final int HEAD_BYTES = 40;
        private static final int FILE_BYTES = 1 << 28;
        private static final int FILL_BYTES = 1 << 20;

        @Override
        public int requestBytes() {
            return 60;
        }

        @Override
        public void serve(ByteBuffer request, long number, FileChannel file, SocketChannel client)
                throws IOException {
            if (number == 0) {
                fill(file);
            }
            send(answer(HEAD_BYTES, HEAD_BYTES + bytes), client);
            long from = number * bytes % FILE_BYTES;
            for (long done = 0; done < bytes; ) {
                done += file.transferTo(from + done, bytes - done, client);
            }
        }

        private static void fill(FileChannel file) throws IOException {
            ByteBuffer zeroes = ByteBuffer.allocateDirect(FILL_BYTES);
            while (file.position() < FILE_BYTES) {
                file.write(zeroes.rewind());
            }
        }
    }
}

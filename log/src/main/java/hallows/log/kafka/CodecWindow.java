package hallows.log.kafka;

import hallows.model.RecordWindow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/// Shows what a codec unpacks, and keeps to itself what it throws: afterwards nothing more comes.
final class CodecWindow implements RecordWindow {
    static final String DAMAGED = "a batch's records cannot be unpacked";

    private static final int WINDOW_BYTES = 16 * 1024;

    private final byte[] array = new byte[WINDOW_BYTES];
    // Native, like the batches of a log: the walk then meets one kind of buffer and stays fast.
    private final ByteBuffer window = ByteBuffer.allocateDirect(WINDOW_BYTES);
    private InputStream stream = InputStream.nullInputStream();
    private int readsMax;
    private long left;
    private boolean damaged;
    private boolean overBound;

    /// Begins to show `opened`, at most `bytesMax` of it; a codec that reads `packedBytes` gives
    /// nothing no more often than that.
    void open(InputStream opened, int packedBytes, long bytesMax) {
        stream = opened;
        readsMax = packedBytes;
        left = bytesMax;
        damaged = false;
        overBound = false;
    }

    boolean isDamaged() {
        return damaged;
    }

    /// Whether more came out than may.
    boolean isOverBound() {
        return overBound;
    }

    @Override
    public ByteBuffer next() {
        int got = damaged || overBound ? 0 : read();
        left -= got;
        overBound |= left < 0;
        window.clear();
        return window.put(array, 0, overBound ? 0 : got).flip();
    }

    /// Some bytes; none at the end. An empty block inside is no end.
    private int read() {
        try {
            for (int reads = 0; reads <= readsMax; reads++) {
                int got = stream.read(array, 0, WINDOW_BYTES);
                if (got != 0) {
                    return Math.max(0, got);
                }
            }
            damaged = true;
        } catch (IOException | RuntimeException e) {
            damaged = true;
        }
        return 0;
    }

    void close() {
        try {
            stream.close();
        } catch (IOException | RuntimeException e) {
            damaged = true;
        }
        stream = InputStream.nullInputStream();
    }
}

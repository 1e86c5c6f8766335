package hallows.simulation;

import hallows.runtime.LinkEnd;
import hallows.runtime.LinkHandler;
import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/// Hears a stream as numbers of eight bytes.
final class Words implements LinkHandler {
    private final ByteBuffer word = ByteBuffer.allocate(Long.BYTES);
    private final LongConsumer heard;
    private final Runnable ended;
    boolean open = true;

    Words(LongConsumer heard, Runnable ended) {
        this.heard = heard;
        this.ended = ended;
    }

    @Override
    public ByteBuffer space() {
        return word;
    }

    @Override
    public void received(int bytes) {
        if (!word.hasRemaining()) {
            word.clear();
            heard.accept(word.getLong(0));
        }
    }

    @Override
    public void drained() {}

    @Override
    public void closed(LinkEnd end) {
        open = false;
        ended.run();
    }
}

package hallows.runtime.os;

import hallows.runtime.LinkEnd;
import hallows.runtime.LinkHandler;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Who handles a link before it is open.
enum Stranger implements LinkHandler {
    STRANGER;

    @Override
    public @Nullable ByteBuffer space() {
        return null;
    }

    @Override
    public void received(int bytes) {}

    @Override
    public void drained() {}

    @Override
    public void closed(LinkEnd end) {}
}

package hallows.runtime.os;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ManualIoEventLoop;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A Netty loop that asks once more, after it can be woken, before it sleeps.
final class CoreLoop extends ManualIoEventLoop {
    private final BooleanSupplier maySleep;

    CoreLoop(@Nullable Thread owner, IoHandlerFactory factory, BooleanSupplier maySleep) {
        super(owner, factory);
        this.maySleep = maySleep;
    }

    @Override
    protected boolean canBlock() {
        return maySleep.getAsBoolean();
    }
}

package hallows.log;

import hallows.runtime.DiskFile;
import hallows.runtime.DiskSync;
import hallows.runtime.Result;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Sees every flush, and whether two of one file overlap.
final class FlushWatch {
    private final Set<Path> flushing = new HashSet<>();
    private int wholes;
    private @Nullable String overlap;

    /// Which flush came before another of the same file had ended; null for none.
    @Nullable String overlap() {
        return overlap;
    }

    /// The same file, watched.
    DiskFile on(DiskFile file) {
        Object proxy =
                Proxy.newProxyInstance(
                        DiskFile.class.getClassLoader(),
                        new Class<?>[] {DiskFile.class},
                        (_, method, arguments) -> {
                            try {
                                return method.getName().equals("flush")
                                        ? flush(file)
                                        : method.invoke(file, arguments);
                            } catch (InvocationTargetException thrown) {
                                throw thrown.getCause();
                            }
                        });
        return (DiskFile) proxy;
    }

    private Result<Result.Done> flush(DiskFile file) {
        boolean alone = flushing.add(file.path()) && wholes == 0;
        note(alone, file.path().toString());
        Result<Result.Done> result = file.flush();
        flushing.remove(file.path());
        return result;
    }

    /// The same file system, watched; with a bug that hears no failure.
    DiskSync on(DiskSync whole, boolean deaf) {
        return new DiskSync() {
            @Override
            public Result<Result.Done> flush() {
                Result<Result.Done> result = flushWhole(whole::flush);
                return deaf ? Result.DONE : result;
            }

            @Override
            public void close() {
                whole.close();
            }
        };
    }

    private Result<Result.Done> flushWhole(Supplier<Result<Result.Done>> whole) {
        note(wholes++ == 0 && flushing.isEmpty(), "everything");
        Result<Result.Done> result = whole.get();
        wholes--;
        return result;
    }

    private void note(boolean alone, String what) {
        if (!alone && overlap == null) {
            overlap = "a flush of " + what + " overlaps another";
        }
    }
}

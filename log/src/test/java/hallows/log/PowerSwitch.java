package hallows.log;

import hallows.runtime.Disk;
import hallows.runtime.DiskFile;
import hallows.runtime.Result;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/// Lets so many calls pass to the disk and its files, and none after.
final class PowerSwitch {
    private int left;

    PowerSwitch(int left) {
        this.left = left;
    }

    Disk on(Disk disk) {
        return on(Disk.class, disk);
    }

    private <T> T on(Class<T> type, T target) {
        Object proxy =
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) -> {
                            if (method.getName().equals("close")) {
                                return method.invoke(target, arguments);
                            }
                            if (left-- == 0) {
                                throw new PowerCut();
                            }
                            return wrapped(invoke(target, method, arguments));
                        });
        return type.cast(proxy);
    }

    private static Object invoke(Object target, Method method, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private Object wrapped(Object result) {
        return result instanceof Result.Ok<?>(DiskFile file)
                ? new Result.Ok<>(on(DiskFile.class, file))
                : result;
    }

    /// The moment at which the power goes.
    static final class PowerCut extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}

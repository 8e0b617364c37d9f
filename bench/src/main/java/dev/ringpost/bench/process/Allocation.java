package dev.ringpost.bench.process;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Counts exactly what a JVM allocates. It attaches to the JVM, which costs that a few MiB once and nothing after. */
final class Allocation implements AutoCloseable {
    private final JMXConnector connector;
    private final ThreadMXBean threads;

    private Allocation(JMXConnector connector, ThreadMXBean threads) {
        this.connector = connector;
        this.threads = threads;
    }

    /** The address of a child process is no input of anybody's. */
    @SuppressWarnings("BanJNDI")
    static Allocation of(long pid) throws IOException {
        try {
            VirtualMachine jvm = VirtualMachine.attach(Long.toString(pid));
            try {
                JMXConnector connector =
                        JMXConnectorFactory.connect(new JMXServiceURL(jvm.startLocalManagementAgent()));
                return new Allocation(
                        connector,
                        ManagementFactory.newPlatformMXBeanProxy(
                                connector.getMBeanServerConnection(),
                                ManagementFactory.THREAD_MXBEAN_NAME,
                                ThreadMXBean.class));
            } finally {
                jvm.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException("Can't attach to the JVM " + pid, e);
        }
    }

    /** Of all threads since the JVM started, those that ended included. */
    long bytes() {
        return threads.getTotalThreadAllocatedBytes();
    }

    @Override
    public void close() throws IOException {
        connector.close();
    }
}

"""Terms of office: recorded, ended, followed; who may hold one."""

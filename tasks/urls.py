from django.urls import path

from tasks.views import assignment, bulk, calendar, finding, follow, month, my_unit, occurrence, plan, reviews, tasks

app_name = "tasks"

urlpatterns = [
    path("ke-hoach/<int:pk>/", plan.plan_page, name="plan"),
    path("ke-hoach/<int:pk>/kich-hoat/", plan.activate, name="activate"),
    path("ke-hoach/<int:pk>/phan-cong/", assignment.assign, name="assign"),
    path("ke-hoach/<int:pk>/phan-cong/<int:task_pk>/", assignment.assign_row, name="assign_row"),
    path("ke-hoach/<int:pk>/them-viec/", tasks.add, name="add"),
    path("nhiem-vu/", finding.list_tasks, name="list"),
    path("nhiem-vu/cach-xem/", finding.keep_view, name="keep_view"),
    path("nhiem-vu/cach-xem/<int:pk>/xoa/", finding.drop_view, name="drop_view"),
    path("nhiem-vu/nhieu-viec/", bulk.bulk, name="bulk"),
    path("nhiem-vu/lich/", month.month_page, name="month"),
    path("nhiem-vu/bang-theo-doi/", follow.follow_table, name="follow_table"),
    path("nhiem-vu/excel/", follow.excel, name="excel"),
    path("nhiem-vu/<int:pk>/rut/", tasks.cancel, name="cancel"),
    path("nhiem-vu/<int:pk>/chia/", tasks.split, name="split"),
    path("viec/<int:pk>/gia-han/", tasks.deadline, name="move_deadline"),
    path("viec-cua-don-vi/", my_unit.my_unit, name="my_unit"),
    path("viec-cua-don-vi/nhac/<int:pk>/", my_unit.reminder, name="reminder"),
    path("viec/<int:pk>/", occurrence.occurrence, name="occurrence"),
    path("viec/<int:pk>/ket-qua/", my_unit.record, name="record"),
    path("viec/<int:pk>/chi-dao/", occurrence.direct, name="direct"),
    path("minh-chung/<int:pk>/", occurrence.evidence, name="evidence"),
    path("minh-chung/<int:pk>/anh-nho/", occurrence.preview, name="preview"),
    path("minh-chung/<int:pk>/go/", occurrence.remove_evidence, name="remove_evidence"),
    path("cho-kiem-tra/", reviews.reviews, name="reviews"),
    path("cap-nhat/<int:pk>/nhan/", reviews.accept, name="accept"),
    path("cap-nhat/<int:pk>/tra-lai/", reviews.return_, name="return"),
    path("cap-nhat/<int:pk>/kiem-tra-lai/", reviews.reopen, name="reopen"),
    path("lich/", calendar.calendar_page, name="calendar"),
    path("lich/ngay/<int:pk>/bo/", calendar.day_off_remove, name="day_off_remove"),
    path("ky-bao-cao/<int:pk>/ngay/", calendar.period_dates, name="period_dates"),
]
